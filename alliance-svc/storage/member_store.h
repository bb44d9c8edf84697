#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/roster.h"
#include "alliance-svc/storage/rotation_record_store.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// How an application came.
struct Filing {
  bool self = false;         // by the applicant, not the street
  std::string receipt_hash;  // of what the applicant asks with; empty: nothing
};

// What is said of single members, in the table `member`. Liaisons' phone numbers are
// personal data: they go in, into columns of their own, but what comes out, into
// answers and the journal, is masked. What Insert and Update return has no history.
// Thread-safe.
class MemberStore {
 public:
  MemberStore(journal::Journal& journal, const RotationRecordStore& rotations)
      : journal_(journal), rotations_(rotations) {}

  // With its history. NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Member> Get(db::Connection& connection, const std::string& name) const;

  // The application with that receipt. NOT_FOUND / RESOURCE_NOT_FOUND when there is
  // none.
  absl::StatusOr<v1::Member> FindByReceipt(db::Connection& connection,
                                           const std::string& receipt_hash) const;

  // How many applications that were self-filed wait for the street. Exact only for
  // who has taken its turn (AllianceStore::TakeTurn).
  absl::StatusOr<int64_t> CountOpenApplications(db::Connection& connection,
                                                const std::string& alliance) const;

  // Every member of the alliance that is APPLIED, ACTIVE or SUSPENDED.
  absl::StatusOr<std::vector<MemberWithPhones>> Living(db::Connection& connection,
                                                       const std::string& alliance) const;

  // Creates `member` under its name.
  absl::StatusOr<v1::Member> Insert(db::Connection& connection, const api::Call& call,
                                    const v1::Member& member, const Filing& filing = {}) const;

  // Replaces `before`, as it was read, by `after`; a phone number equal to the
  // masked one that was read stays what it is. Retries the transaction when
  // someone else changed the member meanwhile.
  absl::StatusOr<v1::Member> Update(db::Connection& connection, const api::Call& call,
                                    const v1::Member& before, const v1::Member& after,
                                    const std::string& reason) const;

  // Inserts and updates many of one alliance at once; the rotation is told once.
  absl::Status Import(db::Connection& connection, const api::Call& call,
                      const std::vector<RosterChange>& changes, const std::string& reason) const;

 private:
  // Both write rows and no more; they return the members as they are shown.
  static absl::StatusOr<std::vector<v1::Member>> InsertRows(db::Connection& connection,
                                                            const std::vector<v1::Member>& members,
                                                            const Filing& filing);
  static absl::StatusOr<v1::Member> UpdateRow(db::Connection& connection, const v1::Member& before,
                                              const v1::Member& after);

  journal::Journal& journal_;
  const RotationRecordStore& rotations_;
};

}  // namespace jinhuan::alliance
