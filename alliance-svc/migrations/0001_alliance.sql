-- What alliance-svc owns. A `body` is the resource as a serialised proto,
-- without what stands in columns of its own; columns are authoritative. Rows
-- that change carry a `version`, which every UPDATE compares and raises.

CREATE TABLE IF NOT EXISTS alliance (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Alliance'
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS member (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state TINYINT NOT NULL COMMENT 'Member.State',
  sector TINYINT NOT NULL COMMENT 'Sector',
  tier TINYINT NOT NULL COMMENT 'Tier',
  party_member_count INT NOT NULL,
  display_name VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  liaison_phone VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'personal data: stands here alone, never in body or journal',
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Member',
  PRIMARY KEY (alliance_id, member_id),
  KEY member_by_display_name (alliance_id, display_name, member_id, state, sector),
  KEY member_by_state (alliance_id, state, party_member_count)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS user (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL COMMENT 'also raised when a grant or the password changes',
  state TINYINT NOT NULL COMMENT 'User.State',
  display_name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  password_hash VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'argon2id',
  sign_ins BIGINT NOT NULL
    COMMENT 'raised by each sign-in, which so takes its place before or after a change of the row',
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY user_by_login (login)
) ENGINE=InnoDB;

-- What users may be; '' where a role has no alliance or member.
CREATE TABLE IF NOT EXISTS user_grant (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role TINYINT NOT NULL COMMENT 'jinhuan.auth.v1.Role',
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (user_id, role, alliance_id, member_id)
) ENGINE=InnoDB;

-- Wrong passwords in a row, by login, whether an account has it or not: a
-- lock-out tells nobody which logins exist.
CREATE TABLE IF NOT EXISTS sign_in_failure (
  login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  wrong INT NOT NULL,
  last_wrong_at DATETIME(6) NOT NULL,
  KEY sign_in_failure_by_age (last_wrong_at)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS service_account (
  account_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
    COMMENT 'also its client id',
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256, hex',
  created_at DATETIME(6) NOT NULL
) ENGINE=InnoDB;

-- Sessions of users and bearer tokens of service accounts.
CREATE TABLE IF NOT EXISTS credential (
  credential_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
    COMMENT 'SHA-256 of the token, hex',
  account VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'whose it is: a user_id or the account_id of a service account',
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL,
  KEY credential_by_account (account),
  KEY credential_by_expiry (expires_at)
) ENGINE=InnoDB;

-- The row that a bootstrap UPDATEs first, so that of two processes that start
-- together one creates the first accounts and the other finds them.
CREATE TABLE IF NOT EXISTS bootstrap (
  id INT NOT NULL PRIMARY KEY,
  runs BIGINT NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO bootstrap (id, runs) VALUES (1, 0);
