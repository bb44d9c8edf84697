-- Minutes of meetings (会议纪要).
CREATE TABLE IF NOT EXISTS minutes (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'the etag',
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Minutes.State',
  create_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'Minutes; the columns above prevail',
  PRIMARY KEY (alliance_id, meeting_id),
  KEY minutes_by_time (alliance_id, create_time)
) ENGINE=InnoDB;
