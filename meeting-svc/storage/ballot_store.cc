#include "meeting-svc/storage/ballot_store.h"

#include <openssl/sha.h>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/ballot_count.h"
#include "meeting-svc/domain/ballot_rules.h"
#include "meeting-svc/domain/majority.h"
#include "meeting-svc/domain/quorum.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using v1::Ballot;

constexpr int kNoLimit = 1'000'000;
// Among fewer papers a vote is hardly secret.
constexpr int kFewestPapers = 3;

#define OF_MEETING "WHERE alliance_id = ? AND meeting_id = ? "

const db::Query kCreate(
    "INSERT INTO ballot (alliance_id, meeting_id, id, version, state, secret, body) "
    "VALUES (?, ?, ?, 1, ?, ?, ?)",
    "");
const db::Query kClaim("UPDATE ballot SET version = version + 1 " OF_MEETING
                       "AND id = ? AND state = ? AND secret = ?",
                       "PRIMARY");
const db::Query kClaimRunning("UPDATE ballot SET version = version + 1 " OF_MEETING
                              "AND id = ? AND state IN (1, 2)",
                              "PRIMARY");
const db::Query kSave("UPDATE ballot SET state = ?, body = ? " OF_MEETING "AND id = ?", "PRIMARY");
const db::Query kGet("SELECT body, state FROM ballot " OF_MEETING "AND id = ?", "PRIMARY");
const db::Query kList("SELECT body, state FROM ballot " OF_MEETING
                      "AND id < ? ORDER BY id DESC LIMIT ?",
                      "PRIMARY");
const db::Query kRunning("SELECT body, state FROM ballot " OF_MEETING
                         "AND state IN (1, 2) ORDER BY id",
                         "PRIMARY");
const db::Query kRevision(
    "SELECT m.version + COALESCE((SELECT SUM(b.version) FROM ballot AS b "
    "WHERE b.alliance_id = m.alliance_id AND b.meeting_id = m.id), 0) "
    "FROM meeting AS m WHERE m.alliance_id = ? AND m.id = ?",
    "PRIMARY");

Ballot FromRow(const db::Row& row) {
  Ballot ballot;
  row.Parse(0, ballot);
  ballot.set_state(static_cast<Ballot::State>(row.Int(1)));
  return ballot;
}

bool IsRunning(const Ballot& ballot) {
  return ballot.state() == Ballot::STATE_DRAWING || ballot.state() == Ballot::STATE_OPEN;
}

absl::StatusOr<v1::AgendaItem> ItemOf(const v1::Meeting& meeting, const std::string& id) {
  for (const v1::AgendaItem& item : meeting.agenda_items()) {
    if (item.id() == id) return item;
  }
  Violations violations;
  violations.Check("ballot.agenda_item", false, "an item of the agenda", "本次会议议程中的事项");
  return violations.ToStatus();
}

google::protobuf::Timestamp Stamp(absl::Time now) {
  return api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(now)));
}

}  // namespace

absl::StatusOr<Ballot> BallotStore::Open(db::Connection& connection, const api::Call& call,
                                         const MeetingKey& meeting, const Ballot& sent) {
  JH_RETURN_IF_ERROR(
      meetings_.Claim(connection, meeting, v1::Meeting::STATE_OPEN, v1::Meeting::STATE_OPEN));
  JH_ASSIGN_OR_RETURN(const auto charter,
                      alliances_.CharterAt(connection, meeting.alliance(), call.now));
  const BallotId id{meeting, ids_.NewId()};
  Ballot ballot;
  ballot.set_name(id.name());
  ballot.set_question(sent.question());
  ballot.set_kind(sent.kind());
  if (!sent.agenda_item().empty()) {
    JH_ASSIGN_OR_RETURN(const v1::Meeting held, meetings_.Get(connection, meeting, Viewer()));
    JH_ASSIGN_OR_RETURN(const v1::AgendaItem item, ItemOf(held, sent.agenda_item()));
    Violations violations;
    ballot.set_kind(CheckKind(sent, item, violations));
    JH_RETURN_IF_ERROR(violations.ToStatus());
    ballot.set_agenda_item(sent.agenda_item());
    ballot.set_topic(item.topic());
  }
  *ballot.mutable_rule() = RuleFor(charter.meeting(), ballot.kind());
  ballot.set_charter_version(charter.version());
  *ballot.mutable_open_time() = Stamp(call.now);
  const bool secret = ballot.rule().secret();
  ballot.set_state(secret ? Ballot::STATE_DRAWING : Ballot::STATE_OPEN);
  JH_ASSIGN_OR_RETURN(const std::vector<v1::Elector> roll,
                      floor_.Roll(connection, meeting, charter.meeting(), secret));
  *ballot.mutable_count() = CountRoll(roll);
  Measure(ballot.rule(), *ballot.mutable_count());
  const v1::BallotCount& count = ballot.count();
  if (count.present_units() < count.quorum_units()) {
    return Error(v1::ERROR_REASON_QUORUM_MISSED,
                 {{"present", std::to_string(count.present_units())},
                  {"needed", std::to_string(count.quorum_units())}});
  }
  JH_ASSIGN_OR_RETURN(
      *ballot.mutable_open_quorum(),
      floor_.Quorum(connection, meeting, ballot.rule(), charter.version(), roll, call.now));
  if (secret) {
    JH_ASSIGN_OR_RETURN(const BallotKey key, BallotKey::Generate());
    ballot.set_public_key(key.PublicDer());
    JH_RETURN_IF_ERROR(keys_.Keep(connection, id, key));
  }
  const std::string body = ballot.SerializeAsString();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kCreate, {meeting.alliance_id, meeting.id, id.id,
                                            int{ballot.state()}, secret, body})
                         .status());
  JH_RETURN_IF_ERROR(roll_.Make(connection, id, roll));
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = ballot.name(), .after = &ballot}));
  return ballot;
}

absl::StatusOr<v1::Elector> BallotStore::Vote(db::Connection& connection, const api::Call& call,
                                              const BallotId& id, const std::string& member_id,
                                              v1::Choice choice) {
  JH_RETURN_IF_ERROR(Claim(connection, id, Ballot::STATE_OPEN, false));
  JH_ASSIGN_OR_RETURN(const RollStore::Entry entry, Standing(connection, call, id, member_id));
  v1::Elector after = entry.elector;
  if (after.choice() == choice) return after;
  after.set_choice(choice);
  *after.mutable_vote_time() = Stamp(call.now);
  JH_RETURN_IF_ERROR(roll_.SetChoice(connection, id, member_id, choice, call.now));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &entry.elector, .after = &after}));
  return after;
}

absl::StatusOr<std::string> BallotStore::Draw(db::Connection& connection, const api::Call& call,
                                              const BallotId& id, const std::string& member_id,
                                              const std::string& blinded_message) {
  JH_RETURN_IF_ERROR(Claim(connection, id, Ballot::STATE_DRAWING, true));
  JH_ASSIGN_OR_RETURN(const RollStore::Entry entry, Standing(connection, call, id, member_id));
  JH_ASSIGN_OR_RETURN(const BallotKey key, keys_.Get(connection, id));
  const auto signature = key.BlindSign(blinded_message);
  Violations violations;
  violations.Check("blinded_message", signature.ok(), "a blinded message for the ballot's key",
                   "与本次表决公钥相符的盲化选票");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  std::string blinded(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(blinded_message.data()), blinded_message.size(),
         reinterpret_cast<unsigned char*>(blinded.data()));
  if (entry.blinded == blinded) return *signature;
  if (!entry.blinded.empty()) {
    return Error(v1::ERROR_REASON_PAPER_DRAWN, {{"member", entry.elector.member()}});
  }
  JH_RETURN_IF_ERROR(roll_.SetDrawn(connection, id, member_id, blinded));
  v1::Elector after = entry.elector;
  after.set_drawn(true);
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &entry.elector, .after = &after}));
  return *signature;
}

absl::StatusOr<Ballot> BallotStore::OpenBox(db::Connection& connection, const api::Call& call,
                                            const BallotId& id) {
  JH_RETURN_IF_ERROR(Claim(connection, id, Ballot::STATE_DRAWING, true));
  JH_ASSIGN_OR_RETURN(const Ballot before, Get(connection, id));
  if (before.count().drawn_units() < kFewestPapers) {
    return Error(v1::ERROR_REASON_PAPERS_TOO_FEW,
                 {{"drawn", std::to_string(before.count().drawn_units())},
                  {"needed", std::to_string(kFewestPapers)}});
  }
  JH_RETURN_IF_ERROR(keys_.Destroy(connection, id));
  Ballot after = before;
  after.set_state(Ballot::STATE_OPEN);
  return Save(connection, call, id, before, std::move(after));
}

absl::Status BallotStore::Cast(db::Connection& connection, const BallotId& id,
                               const v1::Paper& paper) const {
  JH_RETURN_IF_ERROR(Claim(connection, id, Ballot::STATE_OPEN, true));
  return papers_.Put(connection, id, paper);
}

absl::StatusOr<Ballot> BallotStore::Close(db::Connection& connection, const api::Call& call,
                                          const BallotId& id) {
  JH_ASSIGN_OR_RETURN(
      const int64_t claimed,
      connection.Execute(kClaimRunning, {id.meeting.alliance_id, id.meeting.id, id.id}));
  JH_ASSIGN_OR_RETURN(const Ballot before, Get(connection, id));
  if (claimed == 0 || before.state() != Ballot::STATE_OPEN) {
    return StateWrong(id.name(), before.state(), {Ballot::STATE_OPEN});
  }
  JH_ASSIGN_OR_RETURN(const auto roll, Roll(connection, id, "", kNoLimit));
  JH_RETURN_IF_ERROR(roll_.KeepPresence(connection, id, roll));
  Ballot after = before;
  if (after.rule().secret()) {
    *after.mutable_count() = CountRoll(roll);
    JH_RETURN_IF_ERROR(papers_.Count(connection, id, *after.mutable_count()));
    Measure(after.rule(), *after.mutable_count());
    JH_ASSIGN_OR_RETURN(*after.mutable_papers_digest(), papers_.Digest(connection, id));
  }
  JH_ASSIGN_OR_RETURN(
      *after.mutable_close_quorum(),
      floor_.Quorum(connection, id.meeting, after.rule(), after.charter_version(), roll, call.now));
  // Those on the roll stay in the base, whatever became of them since.
  after.mutable_close_quorum()->set_dropped_count(before.open_quorum().dropped_count());
  after.set_state(Ballot::STATE_CLOSED);
  after.set_outcome(OutcomeOf(after.count()));
  *after.mutable_close_time() = Stamp(call.now);
  return Save(connection, call, id, before, std::move(after));
}

absl::StatusOr<Ballot> BallotStore::Cancel(db::Connection& connection, const api::Call& call,
                                           const BallotId& id, const std::string& reason) {
  JH_ASSIGN_OR_RETURN(
      const int64_t claimed,
      connection.Execute(kClaimRunning, {id.meeting.alliance_id, id.meeting.id, id.id}));
  JH_ASSIGN_OR_RETURN(const Ballot before, Get(connection, id));
  if (claimed == 0) {
    return StateWrong(id.name(), before.state(), {Ballot::STATE_DRAWING, Ballot::STATE_OPEN});
  }
  JH_RETURN_IF_ERROR(keys_.Destroy(connection, id));
  JH_RETURN_IF_ERROR(papers_.Drop(connection, id));
  Ballot after = before;
  after.set_state(Ballot::STATE_CANCELLED);
  *after.mutable_close_time() = Stamp(call.now);
  return Save(connection, call, id, before, std::move(after), reason);
}

absl::StatusOr<Ballot> BallotStore::Peek(db::Connection& connection, const BallotId& id) const {
  Ballot ballot;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {id.meeting.alliance_id, id.meeting.id, id.id},
                                        [&](const db::Row& row) { ballot = FromRow(row); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", id.name()}});
  return ballot;
}

absl::StatusOr<Ballot> BallotStore::Get(db::Connection& connection, const BallotId& id) const {
  JH_ASSIGN_OR_RETURN(Ballot ballot, Peek(connection, id));
  JH_RETURN_IF_ERROR(CountNow(connection, id, ballot));
  return ballot;
}

absl::StatusOr<std::vector<Ballot>> BallotStore::List(db::Connection& connection,
                                                      const MeetingKey& meeting,
                                                      const std::string& before, int limit) const {
  return Counted(connection, meeting, kList, {meeting.alliance_id, meeting.id, before, limit});
}

absl::StatusOr<std::vector<Ballot>> BallotStore::Running(db::Connection& connection,
                                                         const MeetingKey& meeting) const {
  return Counted(connection, meeting, kRunning, {meeting.alliance_id, meeting.id});
}

absl::StatusOr<int64_t> BallotStore::Revision(db::Connection& connection,
                                              const MeetingKey& meeting) const {
  int64_t revision = 0;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kRevision, {meeting.alliance_id, meeting.id},
                                        [&](const db::Row& row) { revision = row.Int(0); }));
  if (found == 0) return NotFound(meeting.name());
  return revision;
}

absl::StatusOr<std::vector<v1::Elector>> BallotStore::Roll(db::Connection& connection,
                                                           const BallotId& id,
                                                           const std::string& after_member_id,
                                                           int limit) const {
  JH_ASSIGN_OR_RETURN(const Ballot ballot, Peek(connection, id));
  JH_ASSIGN_OR_RETURN(auto roll, roll_.List(connection, id, after_member_id, limit));
  if (IsRunning(ballot)) {
    JH_ASSIGN_OR_RETURN(const Presence presence, floor_.PresentNow(connection, id.meeting));
    PutPresence(presence, id.meeting, roll);
  }
  return roll;
}

absl::StatusOr<std::vector<v1::Paper>> BallotStore::Papers(db::Connection& connection,
                                                           const BallotId& id,
                                                           const std::string& after,
                                                           int limit) const {
  JH_ASSIGN_OR_RETURN(const Ballot ballot, Peek(connection, id));
  if (!ballot.rule().secret()) {
    return Error(v1::ERROR_REASON_BALLOT_NAMED, {{"name", id.name()}});
  }
  JH_RETURN_IF_ERROR(CheckState(ballot, {Ballot::STATE_CLOSED}));
  return papers_.List(connection, id, after, limit);
}

absl::Status BallotStore::CheckNoneRunning(db::Connection& connection,
                                           const MeetingKey& meeting) const {
  JH_ASSIGN_OR_RETURN(const std::vector<Ballot> running, Running(connection, meeting));
  if (running.empty()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_BALLOT_RUNNING, {{"name", running[0].name()}});
}

// Raises the version of the ballot's row, which owns every conflict, if it is as it must be.
absl::Status BallotStore::Claim(db::Connection& connection, const BallotId& id, Ballot::State needs,
                                bool secret) const {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {id.meeting.alliance_id, id.meeting.id, id.id,
                                                  int{needs}, secret}));
  if (claimed == 1) return absl::OkStatus();
  // Nothing is decided by what follows but the error.
  JH_ASSIGN_OR_RETURN(const Ballot ballot, Peek(connection, id));
  if (ballot.rule().secret() != secret) {
    return Error(secret ? v1::ERROR_REASON_BALLOT_NAMED : v1::ERROR_REASON_BALLOT_SECRET,
                 {{"name", id.name()}});
  }
  JH_RETURN_IF_ERROR(CheckState(ballot, {needs}));
  return db::RetryTransaction();
}

// The unit's line on the roll, if the caller may act for it here: its delegate is there and
// the caller's, or stands for it and is.
absl::StatusOr<RollStore::Entry> BallotStore::Standing(db::Connection& connection,
                                                       const api::Call& call, const BallotId& id,
                                                       const std::string& member_id) const {
  JH_ASSIGN_OR_RETURN(RollStore::Entry entry, roll_.Get(connection, id, member_id));
  JH_ASSIGN_OR_RETURN(const Presence presence, floor_.PresentNow(connection, id.meeting));
  std::vector<v1::Elector> one = {entry.elector};
  PutPresence(presence, id.meeting, one);
  entry.elector = one[0];
  const std::string& delegate =
      entry.elector.proxy_holder().empty() ? entry.elector.member() : entry.elector.proxy_holder();
  if (!entry.elector.present() || !call.Covers("", delegate)) {
    return Error(v1::ERROR_REASON_NOT_PRESENT, {{"member", entry.elector.member()}});
  }
  return entry;
}

// The ballots that a query finds, each with its count as it is now.
absl::StatusOr<std::vector<Ballot>> BallotStore::Counted(
    db::Connection& connection, const MeetingKey& meeting, const db::Query& query,
    std::initializer_list<db::Value> values) const {
  std::vector<Ballot> ballots;
  JH_RETURN_IF_ERROR(
      connection.Select(query, values, [&](const db::Row& row) { ballots.push_back(FromRow(row)); })
          .status());
  for (Ballot& ballot : ballots) {
    JH_RETURN_IF_ERROR(CountNow(connection, {meeting, api::LastId(ballot.name())}, ballot));
  }
  return ballots;
}

// Counts a running ballot as it stands; of a secret one how many papers are in the box,
// and nothing of what is on them.
absl::Status BallotStore::CountNow(db::Connection& connection, const BallotId& id,
                                   Ballot& ballot) const {
  if (!IsRunning(ballot)) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const auto roll, Roll(connection, id, "", kNoLimit));
  *ballot.mutable_count() = CountRoll(roll);
  if (ballot.rule().secret()) {
    v1::BallotCount box;
    JH_RETURN_IF_ERROR(papers_.Count(connection, id, box));
    ballot.mutable_count()->set_voted_units(box.voted_units());
  }
  Measure(ballot.rule(), *ballot.mutable_count());
  return absl::OkStatus();
}

absl::StatusOr<Ballot> BallotStore::Save(db::Connection& connection, const api::Call& call,
                                         const BallotId& id, const Ballot& before, Ballot after,
                                         const std::string& reason) {
  const std::string body = after.SerializeAsString();
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kSave, {int{after.state()}, body, id.meeting.alliance_id, id.meeting.id, id.id})
          .status());
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = id.name(), .before = &before, .after = &after, .reason = reason}));
  return after;
}

}  // namespace jinhuan::meeting
