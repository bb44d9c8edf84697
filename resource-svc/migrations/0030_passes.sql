-- Passes: repeated use of a car park by one plate over a period.

-- A day of a pass is a row of `booking`, whose user_name says `passes/{id}` instead of the
-- account: so the days of a pass are one range of booking_by_user, and are not among the
-- bookings that its holder made.
CREATE TABLE IF NOT EXISTS pass (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'whose it is',
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit it is for',
  lender_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit that lends',
  plate VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  state TINYINT NOT NULL COMMENT 'Pass.State, as recorded: what the clock ends stays ACTIVE or PENDING',
  due_time DATETIME(6) NOT NULL COMMENT 'when its state ends by itself, or when it ended',
  end_time DATETIME(6) NOT NULL COMMENT 'of its last day',
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, id),
  KEY pass_by_user (alliance_id, user_name, state, due_time, id),
  KEY pass_by_member (alliance_id, member_id, state, due_time, id),
  KEY pass_by_lender (alliance_id, lender_id, state, due_time, id),
  KEY pass_by_due (alliance_id, state, due_time, id),
  KEY pass_by_plate (alliance_id, plate, end_time)
) ENGINE=InnoDB;

-- Who makes a pass counts up the row of its plate first, so that two for one plate queue here.
CREATE TABLE IF NOT EXISTS pass_plate (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plate VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  turns BIGINT NOT NULL,
  PRIMARY KEY (alliance_id, plate)
) ENGINE=InnoDB;
