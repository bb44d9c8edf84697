-- What this service knows of the needs of units, as resource-svc's journal tells it; evaluations
-- count it.
CREATE TABLE IF NOT EXISTS need (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit that needs it',
  create_time DATETIME(6) NOT NULL,
  withdrawn TINYINT NOT NULL,
  agree_time DATETIME(6) NULL COMMENT 'when its first match was agreed',
  met TINYINT NOT NULL COMMENT '1: a match of it was completed',
  PRIMARY KEY (alliance_id, id),
  KEY need_by_time (alliance_id, create_time, id)
) ENGINE=InnoDB;
