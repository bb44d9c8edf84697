-- What every service keeps beside its own tables.

-- The answers of requests, by the caller's request_id (api/write.h).
CREATE TABLE IF NOT EXISTS request (
  principal VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  response MEDIUMBLOB NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (principal, method, request_id),
  KEY request_by_age (created_at)
) ENGINE=InnoDB;

-- Entries as their transactions wrote them: committed, not yet numbered.
CREATE TABLE IF NOT EXISTS journal_unsealed (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  alliance VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  resource VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record MEDIUMBLOB NOT NULL
) ENGINE=InnoDB;

-- The sealed journal, numbered densely from 1.
CREATE TABLE IF NOT EXISTS journal_entry (
  number BIGINT NOT NULL PRIMARY KEY,
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  alliance VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  resource VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record MEDIUMBLOB NOT NULL,
  UNIQUE KEY journal_entry_id (id),
  KEY journal_entry_by_alliance (alliance, number),
  KEY journal_entry_by_resource (resource, number)
) ENGINE=InnoDB;

-- How long the journal is; the row that fences sealers.
CREATE TABLE IF NOT EXISTS journal_head (
  id INT NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL,
  seals BIGINT NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO journal_head (id, size, seals) VALUES (1, 0, 0);

-- How far this service has followed the journals of others.
CREATE TABLE IF NOT EXISTS journal_cursor (
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  next_number BIGINT NOT NULL
) ENGINE=InnoDB;
