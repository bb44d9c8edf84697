-- What each unit gave and used, month by month: kept by the transaction that adds entries,
-- and always their sum. What was entered before is counted once, here.

CREATE TABLE IF NOT EXISTS ledger_month (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL COMMENT 'LedgerKind',
  month INT NOT NULL COMMENT 'year * 100 + month, in China',
  given BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (alliance_id, member_id, kind, month)
) ENGINE=InnoDB;

INSERT IGNORE INTO ledger_month (alliance_id, member_id, kind, month, given, used)
SELECT alliance_id, member_id, kind,
  CAST(DATE_FORMAT(occur_time + INTERVAL 8 HOUR, '%Y%m') AS SIGNED),
  SUM(IF(direction = 1, quantity, 0)), SUM(IF(direction = 2, quantity, 0))
FROM ledger_entry GROUP BY 1, 2, 3, 4;
