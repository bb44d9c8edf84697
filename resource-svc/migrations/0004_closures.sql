-- Closures, and what is followed of alliance-svc: members and working days.

-- A closure withdraws a facility (window_id is empty) or one of its windows. Who changes
-- one has the turn of the facility.
CREATE TABLE IF NOT EXISTS closure (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty: every one',
  state TINYINT NOT NULL COMMENT 'Closure.State',
  start_time DATETIME(6) NOT NULL,
  end_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, facility_id, id),
  KEY closure_by_end (alliance_id, facility_id, end_time, id),
  KEY closure_in_force (alliance_id, state, end_time)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS member (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(200) NOT NULL,
  tier TINYINT NOT NULL COMMENT 'alliance.v1.Tier',
  sector TINYINT NOT NULL COMMENT 'alliance.v1.Sector',
  state TINYINT NOT NULL COMMENT 'alliance.v1.Member.State',
  PRIMARY KEY (alliance_id, id)
) ENGINE=InnoDB;

-- The holiday table of each version of a charter.
CREATE TABLE IF NOT EXISTS charter_holidays (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'alliance.v1.Charter with its effective_date and holidays alone',
  PRIMARY KEY (alliance_id, version)
) ENGINE=InnoDB;
