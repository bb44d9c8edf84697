-- Ballots (表决), named and secret, and who stands for whom.

CREATE TABLE IF NOT EXISTS ballot (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'every vote and every change of state begins by raising it',
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Ballot.State',
  secret TINYINT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'Ballot; state prevails, and while it runs the count is made anew',
  PRIMARY KEY (alliance_id, meeting_id, id)
) ENGINE=InnoDB;

-- The roll: which units may vote, and in a named ballot what they voted.
CREATE TABLE IF NOT EXISTS ballot_elector (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ballot_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_display_name VARCHAR(200) NOT NULL,
  votes INT NOT NULL,
  present TINYINT NOT NULL DEFAULT 0 COMMENT 'set when the ballot closes',
  proxy_holder_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'set with present',
  choice INT NOT NULL DEFAULT 0 COMMENT 'jinhuan.meeting.v1.Choice; of a secret ballot always 0',
  vote_time DATETIME(6) NULL,
  blinded BINARY(32) NULL COMMENT 'SHA-256 of the blinded message that was signed; it tells nothing of the paper',
  PRIMARY KEY (alliance_id, meeting_id, ballot_id, member_id)
) ENGINE=InnoDB;

-- The private keys of secret ballots while papers are drawn, sealed with a key that is
-- not in the database; gone once the box is open.
CREATE TABLE IF NOT EXISTS ballot_key (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ballot_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (alliance_id, meeting_id, ballot_id)
) ENGINE=InnoDB;

-- The boxes of secret ballots. No time, no number, no caller: rows lie in the order of
-- their random tokens.
CREATE TABLE IF NOT EXISTS ballot_paper (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ballot_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token BINARY(32) NOT NULL,
  choice INT NOT NULL COMMENT 'jinhuan.meeting.v1.Choice',
  body BLOB NOT NULL COMMENT 'jinhuan.meeting.v1.Paper',
  PRIMARY KEY (alliance_id, meeting_id, ballot_id, token)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS proxy (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  grantor_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  holder_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  grant_time DATETIME(6) NOT NULL,
  PRIMARY KEY (alliance_id, meeting_id, grantor_id),
  KEY proxy_by_holder (alliance_id, meeting_id, holder_id)
) ENGINE=InnoDB;
