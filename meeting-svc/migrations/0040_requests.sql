-- Requests (诉求): the request, its photos, and which unit gets which. `request` is the
-- platform's table of request ids.

CREATE TABLE IF NOT EXISTS citizen_request (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Request.State',
  reporter VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit that has it; empty: none',
  create_time DATETIME(6) NOT NULL,
  archive_time DATETIME(6) NULL COMMENT 'when the clock archives it; NULL: never',
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of an alert: the system',
  external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of an alert: its id there',
  alert MEDIUMBLOB NULL COMMENT 'of an alert: Request as it was sent',
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.meeting.v1.Request, for every reader',
  PRIMARY KEY (alliance_id, id),
  UNIQUE KEY request_by_source (alliance_id, source, external_id),
  KEY request_by_time (alliance_id, create_time, id),
  KEY request_by_state (alliance_id, state, create_time, id),
  KEY request_by_reporter (alliance_id, reporter, create_time, id),
  KEY request_by_member (alliance_id, member_id, create_time, id),
  KEY request_by_archive (archive_time)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS request_photo (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  media_type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content MEDIUMBLOB NOT NULL COMMENT 'without metadata',
  PRIMARY KEY (alliance_id, request_id, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS dispatch_table (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.meeting.v1.DispatchTable',
  PRIMARY KEY (alliance_id)
) ENGINE=InnoDB;

-- Background work that is done by one process at a time: who does it counts up first.
CREATE TABLE IF NOT EXISTS worker (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  turns BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (name)
) ENGINE=InnoDB;
INSERT IGNORE INTO worker (name) VALUES ('request_keeper');
