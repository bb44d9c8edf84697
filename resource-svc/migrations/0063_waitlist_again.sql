-- A line that is not empty once it was served is served again after a while: a quota that counts
-- elsewhere too, a charter or a unit that is active again tells no line.

ALTER TABLE waitlist_wake
  MODIFY COLUMN id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'random; or that of the window, of the row that serves its lines again',
  ADD COLUMN IF NOT EXISTS due_time DATETIME(6) NOT NULL DEFAULT '1970-01-01 00:00:00' AFTER end_time,
  ADD KEY IF NOT EXISTS waitlist_wake_by_due (due_time);
