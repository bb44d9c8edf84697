-- Windows that change and end: what queues, what fences, and how the bookings of a
-- window are found.

ALTER TABLE facility
  ADD COLUMN IF NOT EXISTS changes BIGINT NOT NULL DEFAULT 0
    COMMENT 'counted up first by whoever changes its supply, so that they queue here';

ALTER TABLE facility_window
  ADD COLUMN IF NOT EXISTS version BIGINT NOT NULL DEFAULT 1 COMMENT 'the etag',
  ADD COLUMN IF NOT EXISTS openings BIGINT NOT NULL DEFAULT 0
    COMMENT 'counted up first by whoever makes slot rows, if version is the one they go by';

ALTER TABLE booking
  ADD COLUMN IF NOT EXISTS window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD KEY IF NOT EXISTS booking_by_window (alliance_id, window_id, state, start_time, id);

-- The window's name is the second field of each body, and its id a UUID.
UPDATE booking SET window_id = CONVERT(SUBSTRING(body, LOCATE('/windows/', body) + 9, 36) USING ascii)
WHERE window_id = '' AND LOCATE('/windows/', body) > 0;

ALTER TABLE slot
  MODIFY COLUMN capacity INT NOT NULL COMMENT 'how many it may take: that of the window, 0 where it is closed';
