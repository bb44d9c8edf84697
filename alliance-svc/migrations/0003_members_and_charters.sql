-- The life of members, their order by pinyin, and charters. Written so that a run
-- that broke off may begin again: DDL is not undone.

-- The versions of each alliance's charter, from 1 without gaps; never changed.
CREATE TABLE IF NOT EXISTS charter (
  alliance_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  effective_at DATETIME(6) NOT NULL
    COMMENT 'midnight of the effective date in the zone of the alliance; 1970 for version 1, which holds from the beginning',
  body MEDIUMBLOB NOT NULL COMMENT 'jinhuan.alliance.v1.Charter',
  PRIMARY KEY (alliance_id, version)
) ENGINE=InnoDB;

-- Whoever adds members on a condition over the others raises this first, and so
-- takes its turn among those who do the same.
ALTER TABLE alliance ADD COLUMN IF NOT EXISTS turns BIGINT NOT NULL DEFAULT 0;

-- `sort_key` and `initials` are made of the display name by the ICU of
-- `sort_version`; rows of another version are made anew when the service starts.
ALTER TABLE member
  ADD COLUMN IF NOT EXISTS deputy_liaison_phone VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '' COMMENT 'personal data, as liaison_phone' AFTER liaison_phone,
  ADD COLUMN IF NOT EXISTS joint_branch VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
    NOT NULL DEFAULT '' AFTER display_name,
  ADD COLUMN IF NOT EXISTS initials VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '' AFTER joint_branch,
  ADD COLUMN IF NOT EXISTS sort_key VARBINARY(255) NOT NULL DEFAULT '' AFTER initials,
  ADD COLUMN IF NOT EXISTS sort_version VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '' AFTER sort_key,
  ADD COLUMN IF NOT EXISTS self_filed BOOLEAN NOT NULL DEFAULT FALSE
    COMMENT 'by the applicant, not the street' AFTER state,
  ADD COLUMN IF NOT EXISTS receipt_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'SHA-256, hex, of what the applicant asks with',
  ADD UNIQUE KEY IF NOT EXISTS member_by_receipt (receipt_hash),
  ADD KEY IF NOT EXISTS member_by_pinyin (alliance_id, sort_key, member_id),
  ADD KEY IF NOT EXISTS member_by_party_members (alliance_id, party_member_count, member_id),
  ADD KEY IF NOT EXISTS member_by_sector (alliance_id, state, sector, party_member_count),
  ADD KEY IF NOT EXISTS member_by_filing (alliance_id, state, self_filed),
  ADD KEY IF NOT EXISTS member_by_sort_version (sort_version);
