-- Notices and what was read of them are forgotten after half a year, by their time.
ALTER TABLE notice ADD KEY IF NOT EXISTS notice_by_time (create_time);

-- What was read before this was kept counts as read now, and goes half a year from now.
ALTER TABLE notice_read
  ADD COLUMN IF NOT EXISTS read_time DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  ADD KEY IF NOT EXISTS notice_read_by_time (read_time);
