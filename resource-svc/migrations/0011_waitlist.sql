-- Who waits in line for places.

-- While someone waits for a slot, nobody else takes a place in it. `waiting` goes up when someone
-- joins and is counted anew, under the lock of the row, whenever the line is served; `turns` is
-- counted up by who serves it, so that two take turns.
ALTER TABLE slot
  ADD COLUMN IF NOT EXISTS waiting SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS turns INT NOT NULL DEFAULT 0;

-- Lines that are to be served, because places came free, or someone joined or left: written in
-- the transaction that did so, removed once the line was served.
CREATE TABLE IF NOT EXISTS waitlist_wake (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'random',
  facility_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  start_time DATETIME(6) NOT NULL COMMENT 'of what changed',
  end_time DATETIME(6) NOT NULL,
  PRIMARY KEY (alliance_id, id),
  KEY waitlist_wake_by_window (alliance_id, window_id)
) ENGINE=InnoDB;
