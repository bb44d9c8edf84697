-- Minutes of meetings (会议纪要).
CREATE TABLE IF NOT EXISTS minutes (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'the etag',
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Minutes.State',
  body MEDIUMBLOB NOT NULL COMMENT 'Minutes; the columns above prevail',
  PRIMARY KEY (alliance_id, meeting_id)
) ENGINE=InnoDB;
