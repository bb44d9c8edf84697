-- What each unit gave and used. Entries are never updated nor removed; the balance
-- is kept by the transaction that adds them, and is always their sum.

CREATE TABLE IF NOT EXISTS ledger_entry (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL COMMENT 'LedgerKind',
  direction TINYINT NOT NULL COMMENT 'LedgerDirection',
  quantity BIGINT NOT NULL COMMENT 'minutes or portions',
  source VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the booking or match it comes from',
  occur_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, id),
  UNIQUE KEY ledger_once_per_source (alliance_id, source, kind, direction),
  KEY ledger_by_time (alliance_id, occur_time, id),
  KEY ledger_by_kind (alliance_id, kind, occur_time, id),
  KEY ledger_by_member (alliance_id, member_id, occur_time, id),
  KEY ledger_by_member_kind (alliance_id, member_id, kind, occur_time, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS ledger_balance (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL COMMENT 'LedgerKind',
  given BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (alliance_id, member_id, kind)
) ENGINE=InnoDB;
