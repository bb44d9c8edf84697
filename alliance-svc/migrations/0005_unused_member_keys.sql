-- What the list by display name and the counts by state went by before members were
-- ordered by pinyin and counted by sector.
ALTER TABLE member
  DROP KEY IF EXISTS member_by_display_name,
  DROP KEY IF EXISTS member_by_state;
