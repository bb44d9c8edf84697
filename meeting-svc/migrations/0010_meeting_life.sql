-- Meetings in session, and who comes.

ALTER TABLE meeting
  ADD COLUMN IF NOT EXISTS edits BIGINT NOT NULL DEFAULT 1 COMMENT 'the etag of what people edit',
  ADD COLUMN IF NOT EXISTS present_count INT NOT NULL DEFAULT 0 COMMENT 'these three are counted anew with every change, in its transaction',
  ADD COLUMN IF NOT EXISTS leave_count INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS observer_count INT NOT NULL DEFAULT 0;

-- Who came: units, each by its own delegate or a substitute, and observers.
CREATE TABLE IF NOT EXISTS attendance (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of an observer from outside an id of its own',
  present TINYINT NOT NULL COMMENT 'whether it is there now',
  observer TINYINT NOT NULL COMMENT 'whether it is there without a vote',
  body BLOB NOT NULL COMMENT 'Attendance',
  PRIMARY KEY (alliance_id, meeting_id, member_id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS meeting_template (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'MeetingTemplate',
  PRIMARY KEY (alliance_id, id)
) ENGINE=InnoDB;
