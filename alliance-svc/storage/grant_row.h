#pragma once

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// The part of a SELECT that reads users with their grants, a row for each grant:
// from `u`, a row of user, to the grants and their members.
#define JINHUAN_JOIN_GRANTS                             \
  "LEFT JOIN user_grant AS g ON g.user_id = u.user_id " \
  "LEFT JOIN member AS m ON m.alliance_id = g.alliance_id AND m.member_id = g.member_id "
#define JINHUAN_GRANT_COLUMNS \
  "g.role, g.alliance_id, g.member_id, m.display_name, m.tier, m.sector, m.state"

// A grant as those columns tell it.
struct GrantRow {
  auth::v1::Grant grant;
  // False when the grant is tied to a member that is not ACTIVE.
  bool in_force = true;
  // That member is SUSPENDED.
  bool suspended = false;
};

// Whether the row has a grant; a user without any has one row without.
bool HasGrant(const db::Row& row, int first_column);

// The grant of a row that has one.
GrantRow ReadGrant(const db::Row& row, int first_column);

}  // namespace jinhuan::alliance
