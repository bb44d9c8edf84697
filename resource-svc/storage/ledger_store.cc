#include "resource-svc/storage/ledger_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"
#include "platform/api/time_position.h"
#include "platform/db/bulk_insert.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/ledger_rules.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::BulkInsert kInsert(
    "INSERT INTO ledger_entry (alliance_id, id, member_id, kind, direction, quantity, source, "
    "occur_time, body) VALUES",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?)");
const db::BulkInsert kAdd(
    "INSERT INTO ledger_balance (alliance_id, member_id, kind, given, used) VALUES",
    "(?, ?, ?, ?, ?)",
    "ON DUPLICATE KEY UPDATE given = given + VALUES(given), used = used + VALUES(used)");
const db::BulkInsert kAddMonth(
    "INSERT INTO ledger_month (alliance_id, member_id, kind, month, given, used) VALUES",
    "(?, ?, ?, ?, ?, ?)",
    "ON DUPLICATE KEY UPDATE given = given + VALUES(given), used = used + VALUES(used)");
const db::Query kGet("SELECT body FROM ledger_entry WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kBySource(
    "SELECT body FROM ledger_entry FORCE INDEX (ledger_once_per_source) "
    "WHERE alliance_id = ? AND source = ? AND kind = ? AND direction = ?",
    "ledger_once_per_source");
// The time stands in each twice: as the bound of the range, and, for entries of the same
// time, beside the id.
const db::Query kByTime(
    "SELECT body FROM ledger_entry FORCE INDEX (ledger_by_time) "
    "WHERE alliance_id = ? AND occur_time >= ? AND occur_time <= ? AND (occur_time < ? OR id < ?) "
    "ORDER BY occur_time DESC, id DESC LIMIT ?",
    "ledger_by_time");
const db::Query kByKind(
    "SELECT body FROM ledger_entry FORCE INDEX (ledger_by_kind) "
    "WHERE alliance_id = ? AND kind = ? AND occur_time >= ? AND occur_time <= ? "
    "AND (occur_time < ? OR id < ?) ORDER BY occur_time DESC, id DESC LIMIT ?",
    "ledger_by_kind");
const db::Query kByMember(
    "SELECT body FROM ledger_entry FORCE INDEX (ledger_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND occur_time >= ? AND occur_time <= ? "
    "AND (occur_time < ? OR id < ?) ORDER BY occur_time DESC, id DESC LIMIT ?",
    "ledger_by_member");
const db::Query kByMemberKind(
    "SELECT body FROM ledger_entry FORCE INDEX (ledger_by_member_kind) "
    "WHERE alliance_id = ? AND member_id = ? AND kind = ? AND occur_time >= ? "
    "AND occur_time <= ? AND (occur_time < ? OR id < ?) "
    "ORDER BY occur_time DESC, id DESC LIMIT ?",
    "ledger_by_member_kind");
const db::Query kBalances(
    "SELECT member_id, kind, given, used FROM ledger_balance FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND member_id > ? ORDER BY member_id, kind LIMIT ?",
    "PRIMARY");
const db::Query kBalancesOf(
    "SELECT member_id, kind, given, used FROM ledger_balance FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND member_id = ? ORDER BY kind",
    "PRIMARY");
const db::Query kMonths(
    "SELECT member_id, kind, CAST(SUM(given) AS SIGNED), CAST(SUM(used) AS SIGNED) "
    "FROM ledger_month FORCE INDEX (PRIMARY) WHERE alliance_id = ? AND member_id > ? "
    "AND month BETWEEN ? AND ? GROUP BY member_id, kind ORDER BY member_id, kind LIMIT ?",
    "PRIMARY");
const db::Query kMonthsOf(
    "SELECT member_id, kind, CAST(SUM(given) AS SIGNED), CAST(SUM(used) AS SIGNED) "
    "FROM ledger_month FORCE INDEX (PRIMARY) WHERE alliance_id = ? AND member_id = ? "
    "AND month BETWEEN ? AND ? GROUP BY member_id, kind ORDER BY member_id, kind",
    "PRIMARY");

constexpr int kKinds = v1::LedgerKind_ARRAYSIZE - 1;

// What occurred at the end of a period is left out: no id is less than the empty one.
absl::StatusOr<api::TimePosition> PositionOf(const LedgerStore::Filter& filter,
                                             const api::Page& page) {
  if (page.first() && filter.end.has_value()) return api::TimePosition{*filter.end, ""};
  return api::TimePositionOf(page);
}

bool IsGiven(const v1::LedgerEntry& entry) {
  return entry.direction() == v1::LEDGER_DIRECTION_GIVEN;
}

bool IsCorrection(const v1::LedgerEntry& entry) {
  return ParentOf(entry.source()) == ParentOf(entry.name()) &&
         entry.source().find("/ledgerEntries/") != std::string::npos;
}

}  // namespace

absl::StatusOr<bool> LedgerStore::Record(db::Connection& connection, const api::Call& call,
                                         std::vector<v1::LedgerEntry> entries) {
  if (entries.empty()) return true;
  // In the order of the key of balances, so that transactions wait in a line.
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.member(), a.kind()) <
           std::forward_as_tuple(b.member(), b.kind());
  });
  struct Text {
    std::string alliance_id, id, member_id, body;
  };
  std::vector<Text> texts;
  std::vector<journal::Journal::CallChange> changes;
  for (v1::LedgerEntry& entry : entries) {
    const std::string parent = "alliances/" + AllianceId(entry.member());
    entry.set_name(fmt::format("{}/ledgerEntries/{}", parent, ids_.NewId()));
    *entry.mutable_create_time() = api::ToProto(call.now);
    texts.push_back({AllianceId(entry.name()), LastId(entry.name()), LastId(entry.member()),
                     entry.SerializeAsString()});
    changes.push_back(
        {call, {.resource = entry.name(), .after = &entry, .reason = entry.reason()}});
  }
  std::vector<db::Value> rows;
  std::vector<db::Value> sums;
  std::vector<db::Value> months;
  for (size_t i = 0; i < entries.size(); ++i) {
    const v1::LedgerEntry& entry = entries[i];
    const Text& text = texts[i];
    rows.insert(rows.end(),
                {text.alliance_id, text.id, text.member_id, static_cast<int>(entry.kind()),
                 static_cast<int>(entry.direction()), entry.quantity(), entry.source(),
                 api::FromProto(entry.occur_time()), text.body});
    const int64_t given = IsGiven(entry) ? entry.quantity() : 0;
    const int64_t used = entry.quantity() - given;
    const int kind = entry.kind();
    sums.insert(sums.end(), {text.alliance_id, text.member_id, kind, given, used});
    months.insert(months.end(), {text.alliance_id, text.member_id, kind,
                                 LedgerMonth(api::FromProto(entry.occur_time())), given, used});
  }
  const absl::Status inserted = kInsert.Execute(connection, rows);
  if (db::IsDuplicate(inserted)) return false;
  JH_RETURN_IF_ERROR(inserted);
  JH_RETURN_IF_ERROR(journal_.AppendAll(connection, changes));
  JH_RETURN_IF_ERROR(kAdd.Execute(connection, sums));
  JH_RETURN_IF_ERROR(kAddMonth.Execute(connection, months));
  return true;
}

absl::StatusOr<v1::LedgerEntry> LedgerStore::Get(db::Connection& connection,
                                                 const std::string& name) {
  v1::LedgerEntry entry;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {AllianceId(name), LastId(name)},
                                        [&](const db::Row& row) { row.Parse(0, entry); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return entry;
}

absl::StatusOr<std::optional<v1::LedgerEntry>> LedgerStore::BySource(
    db::Connection& connection, const std::string& source, v1::LedgerKind kind,
    v1::LedgerDirection direction) {
  std::optional<v1::LedgerEntry> entry;
  JH_RETURN_IF_ERROR(connection
                         .Select(kBySource, {AllianceId(source), source, int{kind}, int{direction}},
                                 [&](const db::Row& row) { row.Parse(0, entry.emplace()); })
                         .status());
  return entry;
}

absl::StatusOr<LedgerStore::Line> LedgerStore::LineOf(db::Connection& connection,
                                                      const v1::LedgerEntry& entry) {
  constexpr auto kGiven = v1::LEDGER_DIRECTION_GIVEN;
  JH_ASSIGN_OR_RETURN(std::optional<v1::LedgerEntry> first,
                      BySource(connection, entry.source(), entry.kind(), kGiven));
  if (!first.has_value()) return absl::InternalError("an entry has no other side");
  while (IsCorrection(*first)) {
    JH_ASSIGN_OR_RETURN(first, Get(connection, first->source()));
  }
  Line line{.last = *first, .total = first->quantity()};
  for (;;) {
    JH_ASSIGN_OR_RETURN(const std::optional<v1::LedgerEntry> next,
                        BySource(connection, line.last.name(), entry.kind(), kGiven));
    if (!next.has_value()) return line;
    line = {.last = *next, .total = line.total + next->quantity()};
  }
}

std::vector<std::string> LedgerStore::PageKey(const v1::LedgerEntry& entry) {
  return api::TimeKey(api::FromProto(entry.occur_time()), LastId(entry.name()));
}

absl::StatusOr<std::vector<v1::LedgerEntry>> LedgerStore::List(db::Connection& connection,
                                                               const std::string& alliance,
                                                               const Filter& filter,
                                                               const api::Page& page) {
  JH_ASSIGN_OR_RETURN(const api::TimePosition at, PositionOf(filter, page));
  const std::string alliance_id = AllianceId(alliance);
  const std::string member_id = filter.member.empty() ? "" : LastId(filter.member);
  const int kind = filter.kind;
  std::vector<v1::LedgerEntry> entries;
  const auto add = [&](const db::Row& row) { row.Parse(0, entries.emplace_back()); };
  const bool any_kind = filter.kind == v1::LEDGER_KIND_UNSPECIFIED;
  const auto rows =
      member_id.empty() && any_kind
          ? connection.Select(
                kByTime, {alliance_id, filter.start, at.time, at.time, at.id, page.limit()}, add)
      : member_id.empty()
          ? connection.Select(
                kByKind, {alliance_id, kind, filter.start, at.time, at.time, at.id, page.limit()},
                add)
      : any_kind
          ? connection.Select(
                kByMember,
                {alliance_id, member_id, filter.start, at.time, at.time, at.id, page.limit()}, add)
          : connection.Select(
                kByMemberKind,
                {alliance_id, member_id, kind, filter.start, at.time, at.time, at.id, page.limit()},
                add);
  JH_RETURN_IF_ERROR(rows.status());
  return entries;
}

absl::StatusOr<std::vector<v1::UnitLedger>> LedgerStore::Balances(db::Connection& connection,
                                                                  const std::string& alliance,
                                                                  const std::string& member,
                                                                  const api::Page& page,
                                                                  std::optional<Months> months) {
  std::vector<v1::UnitLedger> units;
  const auto add = [&](const db::Row& row) {
    const std::string name = fmt::format("{}/members/{}", alliance, row.Text(0));
    if (units.empty() || units.back().member() != name) units.emplace_back().set_member(name);
    v1::LedgerBalance& balance = *units.back().add_balances();
    balance.set_kind(static_cast<v1::LedgerKind>(row.Int(1)));
    balance.set_given(row.Int(2));
    balance.set_used(row.Int(3));
    balance.set_balance(row.Int(2) - row.Int(3));
  };
  const std::string alliance_id = AllianceId(alliance);
  const std::string after = page.first() ? "" : page.after[0];
  const std::string member_id = member.empty() ? "" : LastId(member);
  const int most = page.limit() * kKinds;  // a unit has one row for each kind at most
  const auto rows =
      months.has_value() && member.empty()
          ? connection.Select(kMonths, {alliance_id, after, months->first, months->last, most}, add)
      : months.has_value()
          ? connection.Select(kMonthsOf, {alliance_id, member_id, months->first, months->last}, add)
      : member.empty() ? connection.Select(kBalances, {alliance_id, after, most}, add)
                       : connection.Select(kBalancesOf, {alliance_id, member_id}, add);
  JH_RETURN_IF_ERROR(rows.status());
  if (units.size() > static_cast<size_t>(page.limit())) units.resize(page.limit());
  return units;
}

}  // namespace jinhuan::resource
