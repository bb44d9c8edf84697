#include "resource-svc/storage/pass_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/pass_rules.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kAddPlate(
    "INSERT IGNORE INTO pass_plate (alliance_id, plate, turns) VALUES (?, ?, 0)", "");
const db::Query kTurn("UPDATE pass_plate SET turns = turns + 1 WHERE alliance_id = ? AND plate = ?",
                      "PRIMARY");
const db::Query kInsert(
    "INSERT INTO pass (alliance_id, id, user_name, member_id, lender_id, plate, state, due_time, "
    "end_time, tell_time, version, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    "");
const db::Query kGet("SELECT version, body FROM pass WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kReplace(
    "UPDATE pass SET version = version + 1, state = ?, due_time = ?, tell_time = ?, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kToTell(
    "SELECT alliance_id, id FROM pass FORCE INDEX (pass_by_telling) WHERE tell_time <= ? "
    "ORDER BY tell_time LIMIT ?",
    "pass_by_telling");
const db::Query kTold(
    "UPDATE pass FORCE INDEX (PRIMARY) SET version = version + 1, tell_time = NULL "
    "WHERE alliance_id = ? AND id = ? AND tell_time <= ?",
    "PRIMARY");
const db::Query kTellLater("UPDATE pass SET tell_time = ? WHERE alliance_id = ? AND id = ?",
                           "PRIMARY");
const db::Query kOfPlate(
    "SELECT id FROM pass FORCE INDEX (pass_by_plate) "
    "WHERE alliance_id = ? AND plate = ? AND end_time > ?",
    "pass_by_plate");
// The time stands twice: as the bound of the range, and, for those that end together, beside
// the id.
const db::Query kByUser(
    "SELECT body FROM pass FORCE INDEX (pass_by_user) "
    "WHERE alliance_id = ? AND user_name = ? AND state = ? AND due_time > ? AND due_time <= ? "
    "AND (due_time < ? OR id < ?) ORDER BY due_time DESC, id DESC LIMIT ?",
    "pass_by_user");
const db::Query kByMember(
    "SELECT body FROM pass FORCE INDEX (pass_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND state = ? AND due_time > ? AND due_time <= ? "
    "AND (due_time < ? OR id < ?) ORDER BY due_time DESC, id DESC LIMIT ?",
    "pass_by_member");
const db::Query kByLender(
    "SELECT body FROM pass FORCE INDEX (pass_by_lender) "
    "WHERE alliance_id = ? AND lender_id = ? AND state = ? AND due_time > ? AND due_time <= ? "
    "AND (due_time < ? OR id < ?) ORDER BY due_time DESC, id DESC LIMIT ?",
    "pass_by_lender");
const db::Query kAll(
    "SELECT body FROM pass FORCE INDEX (pass_by_due) "
    "WHERE alliance_id = ? AND state = ? AND due_time > ? AND due_time <= ? "
    "AND (due_time < ? OR id < ?) ORDER BY due_time DESC, id DESC LIMIT ?",
    "pass_by_due");

const absl::Time kFirst = absl::FromUnixSeconds(0);
const absl::Time kLast = absl::FromCivil(absl::CivilSecond(9999, 12, 31), absl::UTCTimeZone());

// The passes in a recorded state that are due in (after, until]: one range of each index.
struct Run {
  v1::Pass::State recorded;
  absl::Time after = kFirst;
  absl::Time until = kLast;
};

// When it is to be told that the clock ended it.
std::optional<absl::Time> TellTime(const v1::Pass& pass) {
  const bool live =
      pass.state() == v1::Pass::STATE_ACTIVE || pass.state() == v1::Pass::STATE_PENDING;
  return live ? std::optional(DueTime(pass)) : std::nullopt;
}

// What the clock ends is not recorded: it is what is still recorded as live, and due.
std::vector<Run> RunsOf(v1::Pass::State state, absl::Time now) {
  using Pass = v1::Pass;
  switch (state) {
    case Pass::STATE_UNSPECIFIED:
      return {{Pass::STATE_ACTIVE},
              {Pass::STATE_PENDING},
              {Pass::STATE_CANCELLED},
              {Pass::STATE_REJECTED}};
    case Pass::STATE_ACTIVE:
    case Pass::STATE_PENDING:
      return {{state, now, kLast}};
    case Pass::STATE_ENDED:
      return {{Pass::STATE_ACTIVE, kFirst, now}};
    case Pass::STATE_EXPIRED:
      return {{Pass::STATE_PENDING, kFirst, now}};
    default:
      return {{state}};
  }
}

struct Subject {
  const db::Query& query;
  std::string id;
};

// None: everyone's.
std::vector<Subject> SubjectsOf(const PassStore::Filter& filter) {
  std::vector<Subject> subjects;
  if (filter.everyone) return subjects;
  if (!filter.user.empty() || (filter.units.empty() && filter.lenders.empty())) {
    subjects.push_back({kByUser, filter.user});
  }
  for (const std::string& unit : filter.units) subjects.push_back({kByMember, LastId(unit)});
  for (const std::string& unit : filter.lenders) subjects.push_back({kByLender, LastId(unit)});
  return subjects;
}

}  // namespace

absl::Status PassStore::AddPlate(db::Connection& connection, const std::string& alliance,
                                 const std::string& plate) {
  return connection.Execute(kAddPlate, {AllianceId(alliance), plate}).status();
}

absl::Status PassStore::TakeTurn(db::Connection& connection, const std::string& alliance,
                                 const std::string& plate) {
  return connection.ExecuteExactly(1, kTurn, {AllianceId(alliance), plate});
}

absl::Status PassStore::Create(db::Connection& connection, const api::Call& call,
                               const v1::Pass& pass) {
  JH_RETURN_IF_ERROR(
      connection
          .Execute(
              kInsert,
              {AllianceId(pass.name()), LastId(pass.name()), pass.user(), LastId(pass.member()),
               LastId(pass.lender()), pass.plate(), static_cast<int>(pass.state()), DueTime(pass),
               api::FromProto(pass.end_time()), TellTime(pass), pass.SerializeAsString()})
          .status());
  return journal_.Append(connection, call, {.resource = pass.name(), .after = &pass});
}

absl::StatusOr<PassStore::Stored> PassStore::Get(db::Connection& connection,
                                                 const std::string& name) {
  Stored stored;
  JH_ASSIGN_OR_RETURN(const int64_t rows, connection.Select(kGet, {AllianceId(name), LastId(name)},
                                                            [&](const db::Row& row) {
                                                              stored.version = row.Int(0);
                                                              row.Parse(1, stored.pass);
                                                            }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return stored;
}

absl::Status PassStore::Replace(db::Connection& connection, const api::Call& call,
                                const Stored& before, const v1::Pass& after,
                                const std::string& reason) {
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kReplace,
      {static_cast<int>(after.state()), DueTime(after), TellTime(after), after.SerializeAsString(),
       AllianceId(after.name()), LastId(after.name()), before.version}));
  return journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before.pass, .after = &after, .reason = reason});
}

absl::StatusOr<std::vector<std::string>> PassStore::ToTell(db::Connection& connection,
                                                           absl::Time now, int limit) {
  std::vector<std::string> names;
  JH_RETURN_IF_ERROR(connection
                         .Select(kToTell, {now, limit},
                                 [&](const db::Row& row) {
                                   names.push_back(fmt::format("alliances/{}/passes/{}",
                                                               row.Text(0), row.Text(1)));
                                 })
                         .status());
  return names;
}

absl::StatusOr<bool> PassStore::TellEnd(db::Connection& connection, const api::Call& call,
                                        const std::string& name) {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kTold, {AllianceId(name), LastId(name), call.now}));
  if (claimed == 0) return false;
  JH_ASSIGN_OR_RETURN(const Stored stored, Get(connection, name));
  const v1::Pass after = AsOf(stored.pass, call.now);
  if (after.state() == stored.pass.state()) {
    // A process of before wrote it: it ends later, or was ended by somebody.
    const std::optional<absl::Time> then = TellTime(stored.pass);
    if (then.has_value()) JH_RETURN_IF_ERROR(TellLater(connection, name, *then));
    return false;
  }
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = name, .before = &stored.pass, .after = &after, .reason = ""}));
  return true;
}

absl::Status PassStore::TellLater(db::Connection& connection, const std::string& name,
                                  absl::Time then) {
  return connection.Execute(kTellLater, {then, AllianceId(name), LastId(name)}).status();
}

absl::StatusOr<std::vector<std::string>> PassStore::OfPlate(db::Connection& connection,
                                                            const std::string& alliance,
                                                            const std::string& plate,
                                                            absl::Time end_after) {
  std::vector<std::string> names;
  JH_RETURN_IF_ERROR(connection
                         .Select(kOfPlate, {AllianceId(alliance), plate, end_after},
                                 [&](const db::Row& row) {
                                   names.push_back(
                                       fmt::format("{}/passes/{}", alliance, row.Text(0)));
                                 })
                         .status());
  return names;
}

std::vector<std::string> PassStore::PageKey(const v1::Pass& pass) {
  return {fmt::to_string(absl::ToUnixMicros(DueTime(pass))), LastId(pass.name())};
}

absl::StatusOr<std::vector<v1::Pass>> PassStore::List(db::Connection& connection,
                                                      const std::string& alliance,
                                                      const Filter& filter, const api::Page& page) {
  const std::string alliance_id = AllianceId(alliance);
  absl::Time at = kLast;
  std::string id = "~";  // sorts after every id
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(const int64_t micros, api::NumberOf(page.after[0]));
    at = absl::FromUnixMicros(micros);
    id = page.after[1];
  }
  std::vector<v1::Pass> passes;
  const auto add = [&](const db::Row& row) { row.Parse(0, passes.emplace_back()); };
  const std::vector<Subject> subjects = SubjectsOf(filter);
  for (const Run& run : RunsOf(filter.state, filter.now)) {
    const int state = run.recorded;
    const absl::Time until = std::min(run.until, at);
    for (const Subject& subject : subjects) {
      JH_RETURN_IF_ERROR(
          connection
              .Select(subject.query,
                      {alliance_id, subject.id, state, run.after, until, at, id, page.limit()}, add)
              .status());
    }
    if (!subjects.empty()) continue;
    JH_RETURN_IF_ERROR(
        connection.Select(kAll, {alliance_id, state, run.after, until, at, id, page.limit()}, add)
            .status());
  }
  const auto key = [](const v1::Pass& pass) { return std::make_tuple(DueTime(pass), pass.name()); };
  std::sort(passes.begin(), passes.end(),
            [&](const v1::Pass& a, const v1::Pass& b) { return key(a) > key(b); });
  // One of one's own for one's own unit is in several runs.
  const auto same = [](const v1::Pass& a, const v1::Pass& b) { return a.name() == b.name(); };
  passes.erase(std::unique(passes.begin(), passes.end(), same), passes.end());
  if (passes.size() > static_cast<size_t>(page.limit())) passes.resize(page.limit());
  for (v1::Pass& pass : passes) pass = AsOf(std::move(pass), filter.now);
  return passes;
}

}  // namespace jinhuan::resource
