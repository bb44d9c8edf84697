-- Whom to call in a unit, as alliance-svc's journal tells it to everyone: titles, and numbers masked.
-- It is read from its beginning by a cursor of its own.

CREATE TABLE IF NOT EXISTS member_contact (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(200) NOT NULL,
  phone VARCHAR(32) NOT NULL,
  deputy_title VARCHAR(200) NOT NULL,
  deputy_phone VARCHAR(32) NOT NULL,
  PRIMARY KEY (alliance_id, member_id)
) ENGINE=InnoDB;
