-- Identities of a single sign-on provider, each an account's; and tickets that came back.
CREATE TABLE IF NOT EXISTS sign_on_link (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  identity_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'SHA-256 of issuer and subject, hex: the subject itself is not needed',
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY sign_on_link_by_identity (identity_hash)
) ENGINE=InnoDB;

-- A ticket counts once.
CREATE TABLE IF NOT EXISTS sign_on_spent (
  ticket_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  expires_at DATETIME(6) NOT NULL COMMENT 'when the ticket does; the row is not needed after it',
  KEY sign_on_spent_by_expiry (expires_at)
) ENGINE=InnoDB;
