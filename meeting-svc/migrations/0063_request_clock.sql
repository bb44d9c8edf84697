-- Lists of requests by type and by clock. A request from before has them from its next step on.

ALTER TABLE citizen_request
  ADD COLUMN IF NOT EXISTS type INT NOT NULL DEFAULT 0 COMMENT 'jinhuan.meeting.v1.RequestType',
  ADD COLUMN IF NOT EXISTS open_due DATETIME(6) NULL COMMENT 'by when it must be resolved; NULL: it is, or has no clock yet',
  ADD KEY IF NOT EXISTS request_by_due (alliance_id, open_due);
