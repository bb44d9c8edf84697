-- Claims on capacity, and the two counts that keep them within bounds.

CREATE TABLE IF NOT EXISTS booking (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the account that booked',
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit it is for',
  state TINYINT NOT NULL COMMENT 'Booking.State',
  start_time DATETIME(6) NOT NULL,
  end_time DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, id),
  KEY booking_by_user (alliance_id, user_name, state, start_time, id),
  KEY booking_by_member (alliance_id, member_id, state, start_time, id),
  KEY booking_by_start (alliance_id, state, start_time, id)
) ENGINE=InnoDB;

-- How many places of a slot are taken. A row comes to be when its opening is
-- first booked; without a row nothing is taken. The CHECK is a second lock on the
-- door: the statement that counts up has the same condition.
CREATE TABLE IF NOT EXISTS slot (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  start_time DATETIME(6) NOT NULL,
  used INT NOT NULL,
  capacity INT NOT NULL COMMENT 'that of the window when the row was made',
  PRIMARY KEY (alliance_id, window_id, start_time),
  CONSTRAINT slot_not_oversold CHECK (used BETWEEN 0 AND capacity)
) ENGINE=InnoDB;

-- How many confirmed bookings of a window a person or unit holds in a period.
CREATE TABLE IF NOT EXISTS quota_use (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(110) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'person:{account} or unit:{member id}',
  period VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'day:2026-11-23, week:(its Monday), month:2026-11',
  used INT NOT NULL,
  PRIMARY KEY (alliance_id, window_id, subject, period),
  CONSTRAINT quota_use_not_negative CHECK (used >= 0)
) ENGINE=InnoDB;
