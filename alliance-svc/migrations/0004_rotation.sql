-- The rotating chair. The row of `rotation` owns every conflict: whatever decides
-- anything about the rotation of an alliance UPDATEs it first.

CREATE TABLE IF NOT EXISTS rotation (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  settled_at DATETIME(6) NOT NULL COMMENT 'until when is recorded what the clock does',
  wake_at DATETIME(6) NULL COMMENT 'when the clock does something next',
  seed VARBINARY(32) NOT NULL COMMENT 'secret: decides the lottery of the next plan',
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.internal.v1.RotationBody',
  KEY rotation_by_wake (wake_at)
) ENGINE=InnoDB;

-- Published terms. They follow each other, so the order of their ends is theirs.
CREATE TABLE IF NOT EXISTS chair_term (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '2027-01-01',
  version BIGINT NOT NULL,
  start_at DATETIME(6) NOT NULL,
  end_at DATETIME(6) NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.internal.v1.StoredTerm',
  PRIMARY KEY (alliance_id, first_day),
  KEY chair_term_by_end (alliance_id, end_at),
  KEY chair_term_by_member (alliance_id, member_id, end_at)
) ENGINE=InnoDB;

-- Each published plan, with what it was made from, and the draft.
CREATE TABLE IF NOT EXISTS rotation_plan (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.internal.v1.StoredPlan',
  PRIMARY KEY (alliance_id, plan_id)
) ENGINE=InnoDB;

-- With what a unit entered the pool, from its first published plan on.
CREATE TABLE IF NOT EXISTS pool_entry (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  base_credit BIGINT NOT NULL COMMENT 'millionths of a full term',
  waiting_since BIGINT NOT NULL COMMENT 'the day, counted from 1970-01-01',
  PRIMARY KEY (alliance_id, member_id)
) ENGINE=InnoDB;

-- Turns that were given up.
CREATE TABLE IF NOT EXISTS waiver (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cycle INT NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Waiver',
  PRIMARY KEY (alliance_id, cycle, member_id)
) ENGINE=InnoDB;

-- Times in which units can't, or would rather not, chair. One that was taken back
-- stays while it counts as a deferral.
CREATE TABLE IF NOT EXISTS unavailability (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unavailability_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  start_day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  end_day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the day after the last',
  cancelled TINYINT NOT NULL,
  deferral_cycle INT NOT NULL COMMENT 'the cycle it counts as a deferral of; 0: none',
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Unavailability',
  PRIMARY KEY (alliance_id, unavailability_id),
  KEY unavailability_by_start (alliance_id, cancelled, start_day, unavailability_id),
  KEY unavailability_by_member (alliance_id, member_id, cancelled, start_day, unavailability_id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS swap (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  swap_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sorts by age',
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'TermSwap.State',
  expire_at DATETIME(6) NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  other_member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.TermSwap',
  PRIMARY KEY (alliance_id, swap_id),
  KEY swap_by_state (alliance_id, state, swap_id)
) ENGINE=InnoDB;
