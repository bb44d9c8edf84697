#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// How members are found in the table `member`: filters and orders. Thread-safe.
class MemberDirectory {
 public:
  // How many columns the key of a page has in this order; PINYIN for UNSPECIFIED.
  static size_t KeyColumns(v1::MemberOrder order);

  // The key of a page that ends with `member`.
  static std::vector<std::string> KeyOf(v1::MemberOrder order, const v1::Member& member);

  // Up to page.limit() members that the request's filters find, in its order, ties
  // by id; without their histories. INVALID_ARGUMENT / PAGE_TOKEN_INVALID for a page
  // whose key this order can't have.
  absl::StatusOr<std::vector<v1::Member>> List(db::Connection& connection,
                                               const v1::ListMembersRequest& request,
                                               const api::Page& page) const;

  // How many the request's filters find.
  absl::StatusOr<int64_t> Count(db::Connection& connection,
                                const v1::ListMembersRequest& request) const;

  // Makes the sort keys and initials of up to `limit` members anew that another
  // version of ICU made, or none yet; returns how many. Changes nothing else of a
  // member, and leaves alone those that change at the same time: they get theirs
  // with the change.
  absl::StatusOr<int64_t> Resort(db::Connection& connection, int limit) const;
};

}  // namespace jinhuan::alliance
