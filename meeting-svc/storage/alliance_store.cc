#include "meeting-svc/storage/alliance_store.h"

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ChairTerm;
using alliance::v1::Charter;

constexpr char kDefaultTimeZone[] = "Asia/Shanghai";

const db::Query kPutAlliance(
    "INSERT INTO alliance (id, display_name, time_zone) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
    "display_name = VALUES(display_name), time_zone = VALUES(time_zone)",
    "");
const db::Query kDisplayName("SELECT display_name FROM alliance WHERE id = ?", "PRIMARY");
const db::Query kZone("SELECT time_zone FROM alliance WHERE id = ?", "PRIMARY");

const db::Query kPutMember(
    "INSERT INTO member (alliance_id, id, display_name, tier, sector, grid, state) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE display_name = VALUES(display_name), "
    "tier = VALUES(tier), sector = VALUES(sector), grid = VALUES(grid), state = VALUES(state)",
    "");
const db::Query kMember(
    "SELECT id, display_name, tier, sector, grid, state FROM member "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kMembers(
    "SELECT id, display_name, tier, sector, grid, state FROM member "
    "FORCE INDEX (member_by_state) WHERE alliance_id = ? AND state = ? ORDER BY id",
    "member_by_state");

const db::Query kPutCharter(
    "INSERT INTO charter (alliance_id, version, body) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE body = VALUES(body)",
    "");
const db::Query kCharters("SELECT body FROM charter WHERE alliance_id = ? ORDER BY version",
                          "PRIMARY");

const db::Query kPutTerm(
    "INSERT INTO chair_term (alliance_id, id, start_time, body) VALUES (?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE start_time = VALUES(start_time), body = VALUES(body)",
    "");
const db::Query kDropTerm("DELETE FROM chair_term WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kTermAt(
    "SELECT body FROM chair_term FORCE INDEX (chair_term_by_start) WHERE alliance_id = ? "
    "AND start_time <= ? ORDER BY start_time DESC LIMIT 1",
    "chair_term_by_start");

// Waiting for an entry that can't be understood would stop the following for ever.
absl::Status PassOver(const journal::v1::Entry& entry) {
  log::Error("entry passed over", {{"number", entry.number()}, {"resource", entry.resource()}});
  return absl::OkStatus();
}

absl::Status PutAlliance(db::Connection& connection, const journal::v1::Entry& entry) {
  alliance::v1::Alliance body;
  const bool whole = entry.after().UnpackTo(&body);
  const auto ids = api::MatchName("alliances/*", body.name());
  if (!whole || !ids.has_value()) return PassOver(entry);
  const std::string zone = body.time_zone().empty() ? kDefaultTimeZone : body.time_zone();
  return connection.Execute(kPutAlliance, {ids->at(0), body.display_name(), zone}).status();
}

absl::Status PutMember(db::Connection& connection, const journal::v1::Entry& entry) {
  alliance::v1::Member body;
  const bool whole = entry.after().UnpackTo(&body);
  const auto ids = api::MatchName("alliances/*/members/*", body.name());
  if (!whole || !ids.has_value()) return PassOver(entry);
  return connection
      .Execute(kPutMember, {ids->at(0), ids->at(1), body.display_name(), int{body.tier()},
                            int{body.sector()}, body.grid(), int{body.state()}})
      .status();
}

absl::Status PutCharter(db::Connection& connection, const journal::v1::Entry& entry) {
  Charter body;
  const bool whole = entry.after().UnpackTo(&body);
  const auto ids = api::MatchName("alliances/*/charters/*", body.name());
  if (!whole || !ids.has_value()) return PassOver(entry);
  return connection.Execute(kPutCharter, {ids->at(0), body.version(), body.SerializeAsString()})
      .status();
}

absl::Status PutTerm(db::Connection& connection, const journal::v1::Entry& entry) {
  const auto ids = api::MatchName("alliances/*/chairTerms/*", entry.resource());
  if (!ids.has_value()) return PassOver(entry);
  if (!entry.has_after()) return connection.Execute(kDropTerm, {ids->at(0), ids->at(1)}).status();
  ChairTerm body;
  if (!entry.after().UnpackTo(&body)) return PassOver(entry);
  return connection
      .Execute(kPutTerm, {ids->at(0), ids->at(1), api::FromProto(body.start_time()),
                          body.SerializeAsString()})
      .status();
}

alliance::v1::Member MemberFrom(const db::Row& row, const std::string& alliance) {
  alliance::v1::Member member;
  member.set_name(alliance + "/members/" + row.Text(0));
  member.set_display_name(row.Text(1));
  member.set_tier(static_cast<alliance::v1::Tier>(row.Int(2)));
  member.set_sector(static_cast<alliance::v1::Sector>(row.Int(3)));
  member.set_grid(row.Text(4));
  member.set_state(static_cast<alliance::v1::Member::State>(row.Int(5)));
  return member;
}

absl::StatusOr<std::optional<ChairTerm>> OneTerm(db::Connection& connection, const db::Query& query,
                                                 const std::string& alliance, absl::Time time) {
  std::optional<ChairTerm> term;
  JH_RETURN_IF_ERROR(connection
                         .Select(query, {api::LastId(alliance), time},
                                 [&](const db::Row& row) { row.Parse(0, term.emplace()); })
                         .status());
  return term;
}

}  // namespace

absl::Status AllianceStore::Apply(db::Connection& connection,
                                  const journal::v1::Entry& entry) const {
  const google::protobuf::Any& body = entry.has_after() ? entry.after() : entry.before();
  if (body.Is<alliance::v1::Alliance>()) return PutAlliance(connection, entry);
  if (body.Is<alliance::v1::Member>()) return PutMember(connection, entry);
  if (body.Is<Charter>()) return PutCharter(connection, entry);
  if (body.Is<ChairTerm>()) return PutTerm(connection, entry);
  return absl::OkStatus();
}

absl::StatusOr<absl::TimeZone> AllianceStore::Zone(db::Connection& connection,
                                                   const std::string& alliance) const {
  std::string name = kDefaultTimeZone;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kZone, {api::LastId(alliance)}, [&](const db::Row& row) { name = row.Text(0); })
          .status());
  absl::TimeZone zone;
  if (absl::LoadTimeZone(name, &zone)) return zone;
  return absl::InternalError("this machine does not know the alliance's time zone");
}

absl::StatusOr<std::string> AllianceStore::DisplayName(db::Connection& connection,
                                                       const std::string& alliance) const {
  std::string name;
  JH_RETURN_IF_ERROR(connection
                         .Select(kDisplayName, {api::LastId(alliance)},
                                 [&](const db::Row& row) { name = row.Text(0); })
                         .status());
  return name;
}

absl::StatusOr<alliance::v1::Member> AllianceStore::Member(db::Connection& connection,
                                                           const std::string& member) const {
  alliance::v1::Member found;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kMember, {api::AllianceId(member), api::LastId(member)},
                                        [&](const db::Row& row) {
                                          found = MemberFrom(row, api::AllianceOf(member));
                                        }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", member}});
  return found;
}

absl::StatusOr<alliance::v1::Member> AllianceStore::ActiveMember(db::Connection& connection,
                                                                 const std::string& member) const {
  JH_ASSIGN_OR_RETURN(alliance::v1::Member found, Member(connection, member));
  JH_RETURN_IF_ERROR(CheckState(found, {alliance::v1::Member::STATE_ACTIVE}));
  return found;
}

absl::StatusOr<std::vector<alliance::v1::Member>> AllianceStore::Members(
    db::Connection& connection, const std::string& alliance,
    alliance::v1::Member::State state) const {
  std::vector<alliance::v1::Member> members;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kMembers, {api::LastId(alliance), int{state}},
                  [&](const db::Row& row) { members.push_back(MemberFrom(row, alliance)); })
          .status());
  return members;
}

absl::StatusOr<std::vector<Charter>> AllianceStore::Charters(db::Connection& connection,
                                                             const std::string& alliance) {
  std::vector<Charter> charters;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCharters, {api::LastId(alliance)},
                                 [&](const db::Row& row) { row.Parse(0, charters.emplace_back()); })
                         .status());
  return charters;
}

absl::StatusOr<Charter> AllianceStore::CharterAt(db::Connection& connection,
                                                 const std::string& alliance,
                                                 absl::Time time) const {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, Zone(connection, alliance));
  JH_ASSIGN_OR_RETURN(std::vector<Charter> charters, Charters(connection, alliance));
  for (auto charter = charters.rbegin(); charter != charters.rend(); ++charter) {
    const google::type::Date& from = charter->effective_date();
    // The first version is in force from the beginning.
    const bool first = charter + 1 == charters.rend();
    const absl::Time midnight =
        absl::FromCivil(absl::CivilDay(from.year(), from.month(), from.day()), zone);
    // One that is adopted for the day itself changes nothing of the hours before.
    if (first || std::max(midnight, api::FromProto(charter->adopt_time())) <= time) {
      return std::move(*charter);
    }
  }
  return Error(v1::ERROR_REASON_CHARTER_UNKNOWN, {{"name", alliance}});
}

absl::StatusOr<alliance::WorkingCalendar> AllianceStore::Days(db::Connection& connection,
                                                              const std::string& alliance) const {
  JH_ASSIGN_OR_RETURN(const std::vector<Charter> charters, Charters(connection, alliance));
  return alliance::WorkingCalendar(charters);
}

absl::StatusOr<std::optional<ChairTerm>> AllianceStore::TermAt(db::Connection& connection,
                                                               const std::string& alliance,
                                                               absl::Time time) const {
  JH_ASSIGN_OR_RETURN(std::optional<ChairTerm> term, OneTerm(connection, kTermAt, alliance, time));
  if (term.has_value() && api::FromProto(term->end_time()) <= time) term.reset();
  return term;
}

}  // namespace jinhuan::meeting
