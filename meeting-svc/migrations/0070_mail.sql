-- Notices by e-mail.

-- Who belongs to which circle of people, as alliance-svc's journal tells it: a mail is sent when
-- nobody asks, so no token says who somebody is. A disabled account is in none.
CREATE TABLE IF NOT EXISTS circle_member (
  audience VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'notice_audience.h',
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'while this unit is active; empty: in any case',
  PRIMARY KEY (audience, user_id, alliance_id, member_id),
  KEY circle_member_by_user (user_id)
) ENGINE=InnoDB;

-- The address of a person. Without one the row only says how many codes were sent.
CREATE TABLE IF NOT EXISTS mail_address (
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  address VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'confirmed; empty: none',
  pending VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'waits for its code',
  pending_refused BOOLEAN NOT NULL,
  code_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what the code of pending is made of, with a secret',
  code_expire_time DATETIME(6) NULL,
  tries INT NOT NULL COMMENT 'of that code',
  codes INT NOT NULL COMMENT 'sent since codes_since',
  codes_since DATETIME(6) NULL,
  code_time DATETIME(6) NULL COMMENT 'of the latest',
  choice INT NOT NULL COMMENT 'MailChoice',
  language_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refuse_time DATETIME(6) NULL
) ENGINE=InnoDB;

-- What is to be mailed to whom. The address is looked up when it is sent.
CREATE TABLE IF NOT EXISTS mail_outbox (
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the notice or the code',
  user_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind INT NOT NULL COMMENT '1 notice, 2 code',
  state INT NOT NULL COMMENT '1 waits, 2 sent, 3 failed, 4 dropped',
  tries INT NOT NULL,
  create_time DATETIME(6) NOT NULL COMMENT 'when it happened',
  due_time DATETIME(6) NOT NULL COMMENT 'of the next try; until when who tries has it; when it was done',
  body BLOB NOT NULL COMMENT 'Notice',
  PRIMARY KEY (id, user_id),
  KEY mail_outbox_by_due (state, due_time),
  KEY mail_outbox_by_user (user_id)
) ENGINE=InnoDB;
