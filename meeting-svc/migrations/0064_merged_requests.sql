-- Requests that many raise: what goes on in another names it.

ALTER TABLE citizen_request
  ADD COLUMN IF NOT EXISTS merged_into VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'the request that it goes on in; NULL: none',
  ADD KEY IF NOT EXISTS request_by_merged (alliance_id, merged_into, create_time, id);
