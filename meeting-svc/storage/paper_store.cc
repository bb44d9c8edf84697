#include "meeting-svc/storage/paper_store.h"

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/ballot_count.h"
#include "meeting-svc/domain/paper.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kNoLimit = 1'000'000;

#define OF_BALLOT "WHERE alliance_id = ? AND meeting_id = ? AND ballot_id = ? "

const db::Query kPut(
    "INSERT INTO ballot_paper (alliance_id, meeting_id, ballot_id, token, choice, body) "
    "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE choice = choice",
    "");
const db::Query kChoice("SELECT choice FROM ballot_paper " OF_BALLOT "AND token = ?", "PRIMARY");
const db::Query kCount("SELECT choice, COUNT(*) FROM ballot_paper " OF_BALLOT "GROUP BY choice",
                       "PRIMARY");
const db::Query kList("SELECT body FROM ballot_paper " OF_BALLOT
                      "AND token > ? ORDER BY token LIMIT ?",
                      "PRIMARY");
const db::Query kDrop("DELETE FROM ballot_paper " OF_BALLOT, "PRIMARY");

}  // namespace

absl::Status PaperStore::Put(db::Connection& connection, const BallotId& ballot,
                             const v1::Paper& paper) const {
  const std::string body = paper.SerializeAsString();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kPut, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id,
                                         paper.token(), int{paper.choice()}, body})
                         .status());
  int64_t choice = 0;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kChoice,
                  {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, paper.token()},
                  [&](const db::Row& row) { choice = row.Int(0); })
          .status());
  if (choice == paper.choice()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_PAPER_USED, {{"name", ballot.name()}});
}

absl::Status PaperStore::Count(db::Connection& connection, const BallotId& ballot,
                               v1::BallotCount& count) const {
  return connection
      .Select(kCount, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id},
              [&](const db::Row& row) {
                AddPapers(static_cast<v1::Choice>(row.Int(0)), row.Int(1), count);
              })
      .status();
}

absl::StatusOr<std::vector<v1::Paper>> PaperStore::List(db::Connection& connection,
                                                        const BallotId& ballot,
                                                        const std::string& after, int limit) const {
  std::vector<v1::Paper> papers;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kList, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id, after, limit},
                  [&](const db::Row& row) { row.Parse(0, papers.emplace_back()); })
          .status());
  return papers;
}

absl::StatusOr<std::string> PaperStore::Digest(db::Connection& connection,
                                               const BallotId& ballot) const {
  JH_ASSIGN_OR_RETURN(const auto papers, List(connection, ballot, "", kNoLimit));
  return DigestOf(papers);
}

absl::Status PaperStore::Drop(db::Connection& connection, const BallotId& ballot) const {
  return connection.Execute(kDrop, {ballot.meeting.alliance_id, ballot.meeting.id, ballot.id})
      .status();
}

}  // namespace jinhuan::meeting
