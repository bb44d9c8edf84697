#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Every statement on the table `member`. The liaison's phone number is personal
// data: it goes in, into a column of its own, but what comes out, into answers
// and the journal, is masked. Thread-safe.
class MemberStore {
 public:
  explicit MemberStore(journal::Journal& journal) : journal_(journal) {}

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Member> Get(db::Connection& connection, const std::string& name) const;

  // Up to page.limit() members that the request's filters find, by display name,
  // then id: the two columns of the page's key.
  absl::StatusOr<std::vector<v1::Member>> List(db::Connection& connection,
                                               const v1::ListMembersRequest& request,
                                               const api::Page& page) const;

  // How many the request's filters find.
  absl::StatusOr<int64_t> Count(db::Connection& connection,
                                const v1::ListMembersRequest& request) const;

  // Creates `member` under its name.
  absl::StatusOr<v1::Member> Insert(db::Connection& connection, const api::Call& call,
                                    v1::Member member) const;

  // Replaces `before`, as it was read, by `after`; a phone number equal to the
  // masked one that was read stays what it is. Retries the transaction when
  // someone else changed the member meanwhile.
  absl::StatusOr<v1::Member> Update(db::Connection& connection, const api::Call& call,
                                    const v1::Member& before, v1::Member after,
                                    const std::string& reason) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
