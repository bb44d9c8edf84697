-- Windows that open by lottery.

ALTER TABLE facility_window
  ADD COLUMN IF NOT EXISTS lottery_time DATETIME(6) NULL
    COMMENT 'when its next draws are to be opened; NULL: it opens by none',
  ADD KEY IF NOT EXISTS window_by_lottery (lottery_time);

-- The draw of one opening. Who asks for a place counts `requests` up first, while it
-- collects (state 1); who draws ends that first: so a request is either drawn or refused.
CREATE TABLE IF NOT EXISTS lottery_draw (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '2026-11-23, of the opening',
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT NOT NULL COMMENT 'Draw.State',
  close_time DATETIME(6) NOT NULL,
  requests BIGINT NOT NULL DEFAULT 0 COMMENT 'how often one was made, changed or withdrawn',
  seed VARBINARY(32) NOT NULL COMMENT 'secret until it is drawn',
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, day, window_id),
  KEY draw_by_close (state, close_time)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS lottery_request (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'made of the draw and the person',
  user_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT NOT NULL COMMENT 'LotteryRequest.State',
  place INT NOT NULL DEFAULT 0 COMMENT 'in the order of the draw; 0 before it, and past all who took part: none',
  end_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, day, window_id, id),
  KEY request_by_place (alliance_id, day, window_id, place, id),
  KEY request_by_user (alliance_id, user_name, end_time, day, window_id)
) ENGINE=InnoDB;

-- How many draws a person lost since it last won one.
CREATE TABLE IF NOT EXISTS lottery_luck (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  losses INT NOT NULL,
  PRIMARY KEY (alliance_id, user_name)
) ENGINE=InnoDB;

-- Draws take turns, so that what one makes of someone's luck is what the next one reads.
INSERT IGNORE INTO worker (name) VALUES ('lottery');
