-- Windows that change and end: what queues and what fences.

ALTER TABLE facility
  ADD COLUMN IF NOT EXISTS changes BIGINT NOT NULL DEFAULT 0
    COMMENT 'counted up first by whoever changes its supply, so that they queue here';

ALTER TABLE facility_window
  ADD COLUMN IF NOT EXISTS version BIGINT NOT NULL DEFAULT 1 COMMENT 'the etag',
  ADD COLUMN IF NOT EXISTS openings BIGINT NOT NULL DEFAULT 0
    COMMENT 'counted up first by whoever makes slot rows, if version is the one they go by';

ALTER TABLE slot
  MODIFY COLUMN capacity INT NOT NULL COMMENT 'how many it may take: that of the window, 0 where it is closed';
