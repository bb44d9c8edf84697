-- People that were erased, whose entries in the journal lose their content once they were kept as
-- long as the law wants records of what administrators do.
CREATE TABLE IF NOT EXISTS journal_erasure (
  user_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  reason VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL
    COMMENT 'that of the erasure of the account',
  due_at DATETIME(6) NOT NULL,
  turns INT NOT NULL DEFAULT 0 COMMENT 'raised by each process that erases, which so does it alone',
  KEY journal_erasure_by_due (due_at)
) ENGINE=InnoDB;

-- Those of before: 3 is STATE_ERASED.
INSERT IGNORE INTO journal_erasure (user_id, reason, due_at)
  SELECT user_id, '账号注销', UTC_TIMESTAMP(6) + INTERVAL 183 DAY FROM user WHERE state = 3;
