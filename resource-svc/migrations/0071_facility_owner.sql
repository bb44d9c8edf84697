-- What a unit lends is found by an index.

ALTER TABLE facility
  ADD COLUMN IF NOT EXISTS owner_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''
    COMMENT 'the unit that lends it' AFTER kind,
  ADD KEY IF NOT EXISTS facility_by_owner (alliance_id, owner_id, id);

-- Rows of older releases: the owner is field 4 of the body (its tag, its length, its name), and its
-- id the last 36 characters of the name.
UPDATE facility SET owner_id = SUBSTRING(body,
    LOCATE(CONCAT(CHAR(34, 55 + LENGTH(alliance_id)), 'alliances/', alliance_id, '/members/'), body)
      + 21 + LENGTH(alliance_id), 36)
  WHERE owner_id = '' AND
    LOCATE(CONCAT(CHAR(34, 55 + LENGTH(alliance_id)), 'alliances/', alliance_id, '/members/'), body) > 0;
