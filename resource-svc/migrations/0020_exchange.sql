-- The three lists: needs and offers, and the matches that they become.

-- Needs (kind 1) and offers (kind 2). What is left and how many claims wait are
-- changed by the statement that claims, answers or withdraws, never by a read
-- before; the CHECK says it once more.
CREATE TABLE IF NOT EXISTS listing (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL COMMENT '1 need, 2 offer',
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit that published it',
  category TINYINT NOT NULL COMMENT 'ExchangeCategory',
  state TINYINT NOT NULL COMMENT 'ListingState',
  end_time DATETIME(6) NOT NULL COMMENT 'no claims from then on; far away where there is no end',
  remaining INT NOT NULL COMMENT 'what nobody has claimed',
  waiting INT NOT NULL COMMENT 'claims without an answer',
  version BIGINT NOT NULL COMMENT 'the etag',
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, kind, id),
  KEY listing_by_state (alliance_id, kind, state, id),
  KEY listing_by_category (alliance_id, kind, category, state, id),
  KEY listing_by_member (alliance_id, kind, member_id, state, id),
  CONSTRAINT listing_not_overclaimed CHECK (remaining >= 0 AND waiting >= 0)
) ENGINE=InnoDB;

-- `match` is a reserved word.
CREATE TABLE IF NOT EXISTS exchange_match (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publisher_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimant_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  awaits_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the unit that must act; empty: none',
  need_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'may be empty',
  offer_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'may be empty',
  state TINYINT NOT NULL COMMENT 'Match.State',
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (alliance_id, id),
  KEY match_by_state (alliance_id, state, id),
  KEY match_by_publisher (alliance_id, publisher_id, state, id),
  KEY match_by_claimant (alliance_id, claimant_id, state, id),
  KEY match_by_awaited (alliance_id, awaits_id, state, id),
  KEY match_by_need (alliance_id, need_id, id),
  KEY match_by_offer (alliance_id, offer_id, id)
) ENGINE=InnoDB;

-- How other units rated a unit: kept by the transaction that rates.
CREATE TABLE IF NOT EXISTS unit_rating (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ratings INT NOT NULL,
  stars INT NOT NULL COMMENT 'the sum of 1 to 5 each',
  PRIMARY KEY (alliance_id, member_id)
) ENGINE=InnoDB;
