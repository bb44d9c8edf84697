-- The journal is looked through by method, actor and time. All of that stands in the records:
-- these tables are made of them, by the sealer, and can be made anew by emptying both and
-- setting `indexed` to 0.

-- What the record of an entry says. Of an erased entry the time alone.
CREATE TABLE IF NOT EXISTS journal_index (
  number BIGINT NOT NULL PRIMARY KEY,
  time DATETIME(6) NOT NULL,
  method VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  KEY journal_index_by_method (method, number),
  KEY journal_index_by_actor (actor, number, method)
) ENGINE=InnoDB;

-- Between which numbers the entries of an hour lie. Numbers follow the order of commits and
-- times the clocks of processes, so those of two hours may overlap.
CREATE TABLE IF NOT EXISTS journal_hour (
  hour DATETIME NOT NULL PRIMARY KEY,
  first_number BIGINT NOT NULL,
  last_number BIGINT NOT NULL
) ENGINE=InnoDB;

-- So many of the entries in the tree are in the index: all but those from before it.
ALTER TABLE journal_head ADD COLUMN IF NOT EXISTS indexed BIGINT NOT NULL DEFAULT 0;
