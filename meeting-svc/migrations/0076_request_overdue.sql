-- The clock marks requests as overdue. What is not worked out yet, also by a process of before, is
-- at once: then RequestKeeper works it out.

ALTER TABLE citizen_request
  ADD COLUMN IF NOT EXISTS overdue_step DATETIME(6) NULL DEFAULT '2000-01-01 00:00:00'
    COMMENT 'when the clock marks it as overdue; NULL: never',
  ADD KEY IF NOT EXISTS request_by_overdue (overdue_step);
