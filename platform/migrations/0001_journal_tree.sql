-- The journal becomes a Merkle tree (RFC 9162): entry `number` is leaf number - 1.

-- A salt for each entry, so that the hash which stays when its content is erased
-- tells nothing of the content. Entries that were written before have none until
-- they are taken into the tree.
ALTER TABLE journal_unsealed ADD COLUMN IF NOT EXISTS salt BINARY(16) NULL;

-- Where content was erased: the id of the entry that says so.
ALTER TABLE journal_entry
  ADD COLUMN IF NOT EXISTS salt BINARY(16) NULL,
  ADD COLUMN IF NOT EXISTS erasure CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- `tree_size` of the sealed entries are in the tree: all but those from before it.
-- The hash algorithm and the id that names the log are fixed with the first seal.
ALTER TABLE journal_head
  ADD COLUMN IF NOT EXISTS tree_size BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS algorithm VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS log_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The complete subtrees: node_index covers the leaves [node_index << level,
-- (node_index + 1) << level). Never changed once written.
CREATE TABLE IF NOT EXISTS journal_node (
  level TINYINT NOT NULL,
  node_index BIGINT NOT NULL,
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (level, node_index)
) ENGINE=InnoDB;

-- What witnesses signed: the newest line of each for each checkpoint.
CREATE TABLE IF NOT EXISTS journal_cosignature (
  tree_size BIGINT NOT NULL,
  witness VARCHAR(220) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  signed_at BIGINT NOT NULL,
  line VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (tree_size, witness)
) ENGINE=InnoDB;
