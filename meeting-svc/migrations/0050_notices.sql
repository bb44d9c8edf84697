-- The inboxes (通知).

-- A notice, once for each circle of people that gets it. What is read is noted by person.
CREATE TABLE IF NOT EXISTS notice (
  audience VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'who gets it: notice_audience.h',
  create_time DATETIME(6) NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body BLOB NOT NULL COMMENT 'Notice without name, time and read',
  PRIMARY KEY (audience, create_time, id)
) ENGINE=InnoDB;

-- Up to when a person has read everything.
CREATE TABLE IF NOT EXISTS notice_seen (
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  up_to DATETIME(6) NOT NULL
) ENGINE=InnoDB;

-- What a person has read besides.
CREATE TABLE IF NOT EXISTS notice_read (
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, notice_id)
) ENGINE=InnoDB;
