-- Handing over the chair (轮值交接).

-- What was done with a handover; one that nobody touched has no row.
CREATE TABLE IF NOT EXISTS handover (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the first day of the new term',
  version BIGINT NOT NULL,
  closed TINYINT NOT NULL COMMENT '1: signed by both, or the street was told; the clock has no more to do',
  body MEDIUMBLOB NOT NULL COMMENT 'Handover: signatures, escalate_time, and the sections once both signed',
  PRIMARY KEY (alliance_id, id)
) ENGINE=InnoDB;

ALTER TABLE chair_term ADD KEY IF NOT EXISTS chair_term_by_time (start_time, alliance_id);
