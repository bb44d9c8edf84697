-- What this service knows of the alliances, as alliance-svc's journal tells it.

CREATE TABLE IF NOT EXISTS alliance (
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  display_name VARCHAR(200) NOT NULL,
  time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB;

ALTER TABLE member
  ADD COLUMN IF NOT EXISTS sector INT NOT NULL DEFAULT 0 COMMENT 'jinhuan.alliance.v1.Sector',
  ADD COLUMN IF NOT EXISTS grid VARCHAR(200) NOT NULL DEFAULT '';

CREATE TABLE IF NOT EXISTS charter (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Charter',
  PRIMARY KEY (alliance_id, version)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS chair_term (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'its first day',
  start_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.ChairTerm',
  PRIMARY KEY (alliance_id, id),
  KEY chair_term_by_start (alliance_id, start_time)
) ENGINE=InnoDB;

-- From the beginning: what came before was not kept.
DELETE FROM journal_cursor WHERE source = 'jinhuan.alliance.v1';
