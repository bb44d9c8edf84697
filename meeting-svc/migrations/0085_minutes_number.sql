-- The numbers of minutes (编号): the last that was given in a year. The row is counted up by who
-- takes the next one, so no two take the same.
CREATE TABLE IF NOT EXISTS minutes_number (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year INT NOT NULL COMMENT 'in the alliance\'s time zone',
  last INT NOT NULL,
  PRIMARY KEY (alliance_id, year)
) ENGINE=InnoDB;
