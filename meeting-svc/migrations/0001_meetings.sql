-- Joint meetings (联席会议), the units invited to them, and what this service
-- knows of the units.

-- The members of every alliance, as alliance-svc's journal tells them.
CREATE TABLE IF NOT EXISTS member (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(200) NOT NULL,
  tier INT NOT NULL COMMENT 'jinhuan.alliance.v1.Tier',
  state INT NOT NULL COMMENT 'jinhuan.alliance.v1.Member.State',
  PRIMARY KEY (alliance_id, id),
  KEY member_by_state (alliance_id, state, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS meeting (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Meeting.State',
  start_time DATETIME(6) NOT NULL,
  convene_time DATETIME(6) NULL,
  invited_count INT NOT NULL COMMENT 'the three counts change with the invitations, in one transaction',
  answered_count INT NOT NULL,
  attending_count INT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'Meeting as it was drafted; the columns above prevail',
  PRIMARY KEY (alliance_id, id),
  KEY meeting_by_start (alliance_id, start_time, id),
  KEY meeting_by_state (alliance_id, state, start_time, id),
  CHECK (attending_count BETWEEN 0 AND answered_count AND answered_count <= invited_count)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS invitation (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  member_display_name VARCHAR(200) NOT NULL COMMENT 'what the unit was called when notice went out',
  answer INT NOT NULL COMMENT 'jinhuan.meeting.v1.Answer',
  note VARCHAR(100) NOT NULL,
  answer_time DATETIME(6) NULL,
  PRIMARY KEY (alliance_id, meeting_id, member_id)
) ENGINE=InnoDB;
