-- Who asks in a draw is not to be told from the id of the request.

ALTER TABLE lottery_draw
  ADD COLUMN IF NOT EXISTS id_key VARBINARY(32) NOT NULL DEFAULT ''
    COMMENT 'secret for ever: ids of requests are made with it' AFTER seed;
