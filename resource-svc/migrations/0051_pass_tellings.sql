-- That the clock ended a pass is journalled once. Passes that are over already are no news; what
-- a process of before writes has the default, and is worked out when it is looked at.

ALTER TABLE pass
  ADD COLUMN IF NOT EXISTS tell_time DATETIME(6) NULL DEFAULT '2000-01-01 00:00:00'
    COMMENT 'when it is journalled that the clock ended it; NULL: never, or it was',
  ADD KEY IF NOT EXISTS pass_by_telling (tell_time);
UPDATE pass SET tell_time = IF(state IN (1, 2) AND due_time > UTC_TIMESTAMP(6), due_time, NULL)
  WHERE tell_time = '2000-01-01 00:00:00';
