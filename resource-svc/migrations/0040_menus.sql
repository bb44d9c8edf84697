-- What canteens serve, by day and window.

CREATE TABLE IF NOT EXISTS menu (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '2026-11-23, in the zone of the facility',
  facility_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  window_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'the etag',
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, day, facility_id, window_id),
  KEY menu_by_facility (alliance_id, facility_id, day, window_id)
) ENGINE=InnoDB;
