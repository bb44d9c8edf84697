#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_key_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/paper_store.h"
#include "meeting-svc/storage/roll_store.h"
#include "platform/api/call.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Ballots, from their opening to the outcome. Changes are made in the transaction that
// `connection` is in and journalled there, but for papers, which leave no trace besides
// themselves. Thread-safe.
//
// Where a ballot is not there: NOT_FOUND / RESOURCE_NOT_FOUND; in another state than it
// must be: FAILED_PRECONDITION / STATE_WRONG.
class BallotStore {
 public:
  BallotStore(journal::Journal& journal, IdSource& ids, MeetingStore& meetings,
              std::string key_secret)
      : journal_(journal), ids_(ids), meetings_(meetings), keys_(std::move(key_secret)) {}

  // Opens a valid ballot in a meeting, which must be OPEN. INVALID_ARGUMENT /
  // FIELD_INVALID for an agenda item that is not there; FAILED_PRECONDITION /
  // CHARTER_UNKNOWN, QUORUM_MISSED.
  absl::StatusOr<v1::Ballot> Open(db::Connection& connection, const api::Call& call,
                                  const MeetingKey& meeting, const v1::Ballot& sent);

  // The vote of a unit in a named ballot. FAILED_PRECONDITION / BALLOT_SECRET,
  // NOT_ENTITLED, NOT_PRESENT.
  absl::StatusOr<v1::Elector> Vote(db::Connection& connection, const api::Call& call,
                                   const BallotId& id, const std::string& member_id,
                                   v1::Choice choice);

  // Signs the paper of a unit in a secret ballot, once. INVALID_ARGUMENT / FIELD_INVALID for
  // what is no blinded message; FAILED_PRECONDITION / BALLOT_NAMED, NOT_ENTITLED,
  // NOT_PRESENT, PAPER_DRAWN.
  absl::StatusOr<std::string> Draw(db::Connection& connection, const api::Call& call,
                                   const BallotId& id, const std::string& member_id,
                                   const std::string& blinded_message);

  // Ends the drawing and destroys the private key. FAILED_PRECONDITION / BALLOT_NAMED,
  // PAPERS_TOO_FEW.
  absl::StatusOr<v1::Ballot> OpenBox(db::Connection& connection, const api::Call& call,
                                     const BallotId& id);

  // Puts a paper into the box; it is the caller's to know that IsValidPaper.
  // FAILED_PRECONDITION / PAPER_USED. Takes no call: nobody is to be known here.
  absl::Status Cast(db::Connection& connection, const BallotId& id, const v1::Paper& paper) const;

  absl::StatusOr<v1::Ballot> Close(db::Connection& connection, const api::Call& call,
                                   const BallotId& id);
  absl::StatusOr<v1::Ballot> Cancel(db::Connection& connection, const api::Call& call,
                                    const BallotId& id, const std::string& reason);

  // With the count as it is now.
  absl::StatusOr<v1::Ballot> Get(db::Connection& connection, const BallotId& id) const;

  // As it is stored, without the count of a running one; what a paper is checked with.
  absl::StatusOr<v1::Ballot> Peek(db::Connection& connection, const BallotId& id) const;

  // Up to `limit` ballots whose id comes before `before` ("~" is behind every id), the
  // latest first.
  absl::StatusOr<std::vector<v1::Ballot>> List(db::Connection& connection,
                                               const MeetingKey& meeting, const std::string& before,
                                               int limit) const;

  // Those of a meeting, the latest first; no more than the latest 1000.
  absl::StatusOr<std::vector<v1::Ballot>> All(db::Connection& connection,
                                              const MeetingKey& meeting) const {
    return List(connection, meeting, "~", 1000);
  }

  // A page of the roll; of a running ballot with who is present now.
  absl::StatusOr<std::vector<v1::Elector>> Roll(db::Connection& connection, const BallotId& id,
                                                const std::string& after_member_id,
                                                int limit) const;

  // A page of the papers of a closed ballot.
  absl::StatusOr<std::vector<v1::Paper>> Papers(db::Connection& connection, const BallotId& id,
                                                const std::string& after, int limit) const;

  // The ballots of a meeting that run, in the order in which they were opened, each with its
  // count as it is now.
  absl::StatusOr<std::vector<v1::Ballot>> Running(db::Connection& connection,
                                                  const MeetingKey& meeting) const;

  // Raised by every change of the meeting and of any of its ballots. NOT_FOUND /
  // RESOURCE_NOT_FOUND.
  absl::StatusOr<int64_t> Revision(db::Connection& connection, const MeetingKey& meeting) const;

  // FAILED_PRECONDITION / BALLOT_RUNNING while a ballot of the meeting runs; for who closes
  // the meeting and has claimed its row.
  absl::Status CheckNoneRunning(db::Connection& connection, const MeetingKey& meeting) const;

 private:
  absl::Status Claim(db::Connection& connection, const BallotId& id, v1::Ballot::State needs,
                     bool secret) const;
  absl::StatusOr<RollStore::Entry> Standing(db::Connection& connection, const api::Call& call,
                                            const BallotId& id, const std::string& member_id) const;
  absl::StatusOr<std::vector<v1::Ballot>> Counted(db::Connection& connection,
                                                  const MeetingKey& meeting, const db::Query& query,
                                                  std::initializer_list<db::Value> values) const;
  absl::Status CountNow(db::Connection& connection, const BallotId& id, v1::Ballot& ballot) const;
  absl::StatusOr<v1::Ballot> Save(db::Connection& connection, const api::Call& call,
                                  const BallotId& id, const v1::Ballot& before, v1::Ballot after,
                                  const std::string& reason = "");

  journal::Journal& journal_;
  IdSource& ids_;
  MeetingStore& meetings_;
  BallotKeyStore keys_;
  RollStore roll_;
  PaperStore papers_;
  FloorStore floor_;
  AllianceStore alliances_;
};

}  // namespace jinhuan::meeting
