-- Draws of an alliance take turns, so that what one makes of someone's luck is what the next one
-- reads; those of another alliance do not wait for them. (Until now all took turns over the
-- row 'lottery' of `worker`, which processes of older releases still count up.)
CREATE TABLE IF NOT EXISTS lottery_turn (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  turns BIGINT NOT NULL DEFAULT 1 COMMENT 'counted up first by whoever draws in this alliance',
  PRIMARY KEY (alliance_id)
) ENGINE=InnoDB;
