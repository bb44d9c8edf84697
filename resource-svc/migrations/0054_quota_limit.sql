-- With what limit a count was taken last: so that one statement takes counts of several limits.
ALTER TABLE quota_use ADD COLUMN IF NOT EXISTS most INT NOT NULL DEFAULT 0;
