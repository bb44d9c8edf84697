-- What units lend, and when it is open.

-- Each body is the serialised resource; the columns beside it are what queries
-- and decisions go by, and win over the body.
CREATE TABLE IF NOT EXISTS facility (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL COMMENT 'FacilityKind',
  version BIGINT NOT NULL COMMENT 'the etag',
  windows INT NOT NULL DEFAULT 0 COMMENT 'how many it has; who adds one counts up first, so that two queue here',
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, id),
  KEY facility_by_kind (alliance_id, kind, id)
) ENGINE=InnoDB;

-- `window` is a reserved word in MySQL 8. A window never changes.
CREATE TABLE IF NOT EXISTS facility_window (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, facility_id, id)
) ENGINE=InnoDB;
