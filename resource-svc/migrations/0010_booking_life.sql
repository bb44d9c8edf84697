-- Bookings through the whole of their life.

-- A window's bookings are found by its id (closures, waiting lines), what a unit lends by
-- the lender (approvals), and what the clock moves next by the time.
ALTER TABLE booking
  ADD COLUMN IF NOT EXISTS window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS lender_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'the unit that lends the facility; empty in rows of older releases',
  ADD COLUMN IF NOT EXISTS due_time DATETIME(6) NULL COMMENT 'when the clock moves it; NULL: never',
  ADD COLUMN IF NOT EXISTS held BLOB NULL COMMENT 'internal.v1.Holding; NULL: what its window says',
  ADD KEY IF NOT EXISTS booking_by_window (alliance_id, window_id, state, start_time, id),
  ADD KEY IF NOT EXISTS booking_by_lender (alliance_id, lender_id, state, start_time, id),
  ADD KEY IF NOT EXISTS booking_by_due (due_time);

-- Rows of older releases: the window's id (36 characters) stands in the body, and what was
-- booked is over at its end.
UPDATE booking SET window_id = SUBSTRING(body, LOCATE('/windows/', body) + 9, 36),
  due_time = IF(state = 1, end_time, NULL)
  WHERE window_id = '';

-- Background work that is done by one process at a time: who does it counts up first.
CREATE TABLE IF NOT EXISTS worker (
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  turns BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (name)
) ENGINE=InnoDB;
INSERT IGNORE INTO worker (name) VALUES ('booking_keeper');
