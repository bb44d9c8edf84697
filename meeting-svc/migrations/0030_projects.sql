-- What meetings decided, and how it is carried out.

CREATE TABLE IF NOT EXISTS resolution (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'the etag',
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Resolution.State',
  body MEDIUMBLOB NOT NULL COMMENT 'Resolution; the columns above prevail',
  PRIMARY KEY (alliance_id, id),
  KEY resolution_by_meeting (alliance_id, meeting_id, id),
  KEY resolution_by_state (alliance_id, state, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS project (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'the etag',
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Project.State',
  lead_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_day INT NOT NULL COMMENT 'days since 1970-01-01',
  next_step DATETIME(6) NULL COMMENT 'when the clock does something; nothing: never again',
  body MEDIUMBLOB NOT NULL COMMENT 'Project; the columns above prevail',
  PRIMARY KEY (alliance_id, id),
  KEY project_by_due (alliance_id, due_day, id),
  KEY project_by_state (alliance_id, state, due_day, id),
  KEY project_by_lead (alliance_id, lead_id, due_day, id),
  KEY project_by_step (next_step)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS progress_report (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  project_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body BLOB NOT NULL COMMENT 'ProgressReport',
  PRIMARY KEY (alliance_id, project_id, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS progress_evidence (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  project_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  report_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place INT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'Evidence',
  PRIMARY KEY (alliance_id, project_id, report_id, place)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS supervision_notice (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  project_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answered TINYINT NOT NULL,
  body BLOB NOT NULL COMMENT 'SupervisionNotice',
  PRIMARY KEY (alliance_id, project_id, id),
  KEY supervision_by_time (alliance_id, id),
  KEY supervision_by_answered (alliance_id, answered, id)
) ENGINE=InnoDB;
