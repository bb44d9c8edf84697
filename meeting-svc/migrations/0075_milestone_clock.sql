-- The clocks of milestones. What is not worked out yet, also by a process of before, is at once:
-- then ProjectKeeper works it out.

ALTER TABLE project
  ADD COLUMN IF NOT EXISTS milestone_step DATETIME(6) NULL DEFAULT '2000-01-01 00:00:00'
    COMMENT 'when the clock does something to a milestone; NULL: never again',
  ADD COLUMN IF NOT EXISTS milestone_day INT NULL
    COMMENT 'of the milestones that are not reached, the earliest due day, days since 1970-01-01; NULL: none, or it does not run',
  ADD KEY IF NOT EXISTS project_by_milestone_step (milestone_step),
  ADD KEY IF NOT EXISTS project_by_milestone_day (alliance_id, milestone_day);
