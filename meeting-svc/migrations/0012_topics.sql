-- Topics, who endorses them, and the files that came with them.

CREATE TABLE IF NOT EXISTS topic (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'a later topic has a greater one',
  version BIGINT NOT NULL,
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Topic.State',
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty: not said',
  endorsement_count INT NOT NULL COMMENT 'changes with the endorsements, in one transaction',
  body MEDIUMBLOB NOT NULL COMMENT 'Topic; the columns above prevail',
  PRIMARY KEY (alliance_id, id),
  KEY topic_by_state (alliance_id, state, id),
  KEY topic_by_meeting (alliance_id, meeting_id, id),
  CHECK (endorsement_count >= 0)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS topic_endorsement (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_display_name VARCHAR(200) NOT NULL COMMENT 'what the unit was called then',
  endorse_time DATETIME(6) NOT NULL,
  PRIMARY KEY (alliance_id, topic_id, member_id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS topic_attachment (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  topic_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL COMMENT 'from 1',
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, topic_id, number)
) ENGINE=InnoDB;
