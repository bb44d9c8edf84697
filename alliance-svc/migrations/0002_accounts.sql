-- Accounts: phone, age and history of passwords, where sessions began, wrong
-- passwords by source, scopes and second secrets of systems, calendar links.
-- Written so that a run that broke off may begin again: DDL is not undone.

ALTER TABLE user
  ADD COLUMN IF NOT EXISTS phone VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'personal data: stands here alone, never in the journal',
  ADD COLUMN IF NOT EXISTS must_change_password BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN IF NOT EXISTS password_set_at DATETIME(6) NULL,
  ADD COLUMN IF NOT EXISTS last_sign_in_at DATETIME(6) NULL;
UPDATE user SET password_set_at = created_at WHERE password_set_at IS NULL;
ALTER TABLE user MODIFY COLUMN password_set_at DATETIME(6) NOT NULL;

ALTER TABLE user_grant ADD KEY IF NOT EXISTS user_grant_by_role (role, user_id);

-- The passwords before the one in force, as many as the policy wants remembered.
CREATE TABLE IF NOT EXISTS password_history (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq INT NOT NULL COMMENT 'the higher the later',
  password_hash VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'argon2id',
  PRIMARY KEY (user_id, seq)
) ENGINE=InnoDB;

-- The row that is UPDATEd first by whatever may take a role from its last
-- administrator, so that of two such changes the second sees the first.
CREATE TABLE IF NOT EXISTS administrator_turn (
  id INT NOT NULL PRIMARY KEY,
  turns BIGINT NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO administrator_turn (id, turns) VALUES (1, 0);

-- Wrong passwords by login and source, whether an account has the login or not:
-- a lock-out tells nobody which logins exist. Source '' stands for all together.
-- What was counted before is let go: it lasted 15 minutes.
DROP TABLE IF EXISTS sign_in_failure;
CREATE TABLE IF NOT EXISTS sign_in_failure (
  login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wrong INT NOT NULL,
  since DATETIME(6) NOT NULL COMMENT 'the first of them',
  refused_until DATETIME(6) NULL,
  touched BIGINT NOT NULL DEFAULT 0 COMMENT 'raised to take a place in the order of attempts',
  PRIMARY KEY (login, source),
  KEY sign_in_failure_by_age (since)
) ENGINE=InnoDB;

ALTER TABLE service_account
  ADD COLUMN IF NOT EXISTS version BIGINT NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS state TINYINT NOT NULL DEFAULT 1 COMMENT 'ServiceAccount.State',
  ADD COLUMN IF NOT EXISTS scopes VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '' COMMENT 'separated by spaces',
  ADD COLUMN IF NOT EXISTS old_secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN IF NOT EXISTS old_secret_expires_at DATETIME(6) NULL;

ALTER TABLE credential
  ADD COLUMN IF NOT EXISTS address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS user_agent VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '',
  DROP KEY IF EXISTS credential_by_account,
  ADD KEY credential_by_account (account, created_at, credential_id);

CREATE TABLE IF NOT EXISTS calendar_link (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256, hex',
  created_at DATETIME(6) NOT NULL,
  read_at DATETIME(6) NULL COMMENT 'to the hour',
  UNIQUE KEY calendar_link_by_token (token_hash)
) ENGINE=InnoDB;
