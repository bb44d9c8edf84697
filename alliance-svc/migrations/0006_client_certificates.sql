-- Systems may be bound to a client certificate, by the DNS name in it.
ALTER TABLE service_account
  ADD COLUMN IF NOT EXISTS certificate_name VARCHAR(253) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'NULL: not bound',
  ADD UNIQUE KEY IF NOT EXISTS service_account_by_certificate (certificate_name);
