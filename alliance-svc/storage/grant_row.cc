#include "alliance-svc/storage/grant_row.h"

#include "alliance-svc/storage/names.h"

namespace jinhuan::alliance {

bool HasGrant(const db::Row& row, int first_column) { return !row.IsNull(first_column); }

GrantRow ReadGrant(const db::Row& row, int first_column) {
  GrantRow read;
  auth::v1::Grant& grant = read.grant;
  grant.set_role(static_cast<auth::v1::Role>(row.Int(first_column)));
  const std::string alliance_id = row.Text(first_column + 1);
  const std::string member_id = row.Text(first_column + 2);
  if (!alliance_id.empty()) grant.set_alliance(AllianceName(alliance_id));
  if (member_id.empty()) return read;
  grant.set_member(MemberName(alliance_id, member_id));
  const bool known = !row.IsNull(first_column + 3);
  read.in_force = false;
  if (!known) return read;
  const int64_t state = row.Int(first_column + 6);
  read.in_force = state == v1::Member::STATE_ACTIVE;
  read.suspended = state == v1::Member::STATE_SUSPENDED;
  grant.set_member_display_name(row.Text(first_column + 3));
  grant.set_member_tier(static_cast<int32_t>(row.Int(first_column + 4)));
  grant.set_member_sector(static_cast<int32_t>(row.Int(first_column + 5)));
  return read;
}

}  // namespace jinhuan::alliance
