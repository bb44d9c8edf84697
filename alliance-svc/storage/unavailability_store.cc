#include "alliance-svc/storage/unavailability_store.h"

#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using v1::Unavailability;

#define COLUMNS "alliance_id, unavailability_id, member_id, start_day, end_day, body"
// None is longer than three years, so what ends after a day begins no earlier than that.
#define SINCE "start_day >= ? AND end_day > ? "
const db::Query kGet("SELECT " COLUMNS
                     " FROM unavailability WHERE alliance_id = ? AND unavailability_id = ? "
                     "AND cancelled = 0",
                     "PRIMARY");
const db::Query kReadFrom("SELECT " COLUMNS
                          " FROM unavailability FORCE INDEX (unavailability_by_start) "
                          "WHERE alliance_id = ? AND cancelled = 0 AND " SINCE
                          "ORDER BY start_day, unavailability_id",
                          "unavailability_by_start");
const db::Query kList("SELECT " COLUMNS
                      " FROM unavailability FORCE INDEX (unavailability_by_start) "
                      "WHERE alliance_id = ? AND cancelled = 0 AND " SINCE
                      "AND (start_day > ? OR unavailability_id > ?) "
                      "ORDER BY start_day, unavailability_id LIMIT ?",
                      "unavailability_by_start");
const db::Query kListOfMember("SELECT " COLUMNS
                              " FROM unavailability FORCE INDEX (unavailability_by_member) "
                              "WHERE alliance_id = ? AND member_id = ? AND cancelled = 0 AND " SINCE
                              "AND (start_day > ? OR unavailability_id > ?) "
                              "ORDER BY start_day, unavailability_id LIMIT ?",
                              "unavailability_by_member");
const db::Query kMayMeet(
    "SELECT 1 FROM unavailability FORCE INDEX (unavailability_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND cancelled = 0 AND " SINCE
    "AND start_day <= ? LIMIT 1",
    "unavailability_by_member");
const db::Query kCountDeferrals(
    "SELECT COUNT(*) FROM unavailability FORCE INDEX (unavailability_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND deferral_cycle = ?",
    "unavailability_by_member");
const db::Query kInsert(
    "INSERT INTO unavailability (alliance_id, unavailability_id, member_id, start_day, end_day, "
    "cancelled, deferral_cycle, body) VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
    "");
const db::Query kCancel(
    "UPDATE unavailability FORCE INDEX (PRIMARY) SET cancelled = 1, deferral_cycle = IF(?, "
    "deferral_cycle, 0) "
    "WHERE alliance_id = ? AND unavailability_id = ? AND cancelled = 0",
    "PRIMARY");
#undef COLUMNS
#undef SINCE

constexpr int kLongestYears = 3;

std::string DayText(const google::type::Date& date) {
  return chair::DayId(ToCivilDay(date).value_or(absl::CivilDay()));
}

// The first day on which one that ends after `day` may begin.
std::string Since(absl::CivilDay day) {
  return chair::DayId(absl::CivilDay(day.year() - kLongestYears, day.month(), 1));
}

std::string Body(Unavailability declared) {
  declared.clear_name();
  declared.clear_member();
  declared.clear_member_display_name();
  declared.clear_start_date();
  declared.clear_end_date();
  return declared.SerializeAsString();
}

Unavailability FromRow(const db::Row& row) {
  Unavailability declared;
  row.Parse(5, declared);
  declared.set_name(UnavailabilityName(row.Text(0), row.Text(1)));
  declared.set_member(MemberName(row.Text(0), row.Text(2)));
  *declared.mutable_start_date() = ToDate(*chair::ParseDayId(row.Text(3)));
  *declared.mutable_end_date() = ToDate(*chair::ParseDayId(row.Text(4)));
  return declared;
}

}  // namespace

absl::StatusOr<Unavailability> UnavailabilityStore::Get(db::Connection& connection,
                                                        const std::string& name) const {
  Unavailability declared;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {AllianceIdOf(name), LastSegment(name)},
                                        [&](const db::Row& row) { declared = FromRow(row); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return declared;
}

absl::StatusOr<std::vector<Unavailability>> UnavailabilityStore::ReadFrom(
    db::Connection& connection, const std::string& alliance, absl::CivilDay day) const {
  std::vector<Unavailability> all;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadFrom, {AllianceIdOf(alliance), Since(day), chair::DayId(day)},
                                 [&](const db::Row& row) { all.push_back(FromRow(row)); })
                         .status());
  return all;
}

absl::StatusOr<std::vector<Unavailability>> UnavailabilityStore::List(db::Connection& connection,
                                                                      const std::string& alliance,
                                                                      absl::CivilDay day,
                                                                      const std::string& member,
                                                                      const api::Page& page) const {
  const std::string id = AllianceIdOf(alliance);
  const std::string unit = LastSegment(member);
  std::string since = Since(day);
  if (!page.first()) since = std::max(since, page.after[0]);
  const std::string after_day = page.first() ? "" : page.after[0];
  const std::string after_id = page.first() ? "" : page.after[1];
  const std::string today = chair::DayId(day);
  std::vector<Unavailability> found;
  const auto each = [&](const db::Row& row) { found.push_back(FromRow(row)); };
  JH_RETURN_IF_ERROR(
      (member.empty()
           ? connection.Select(kList, {id, since, today, after_day, after_id, page.limit()}, each)
           : connection.Select(kListOfMember,
                               {id, unit, since, today, after_day, after_id, page.limit()}, each))
          .status());
  return found;
}

std::vector<std::string> UnavailabilityStore::PageKey(const Unavailability& declared) {
  return {DayText(declared.start_date()), LastSegment(declared.name())};
}

absl::StatusOr<bool> UnavailabilityStore::MayMeet(db::Connection& connection,
                                                  const std::string& member, absl::Time from,
                                                  absl::Time until) const {
  const absl::CivilDay first = absl::ToCivilDay(from, absl::UTCTimeZone()) - 1;
  const absl::CivilDay last = absl::ToCivilDay(until, absl::UTCTimeZone()) + 1;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kMayMeet,
                                        {AllianceIdOf(member), LastSegment(member), Since(first),
                                         chair::DayId(first), chair::DayId(last)},
                                        [](const db::Row&) {}));
  return found > 0;
}

absl::StatusOr<int64_t> UnavailabilityStore::CountDeferrals(db::Connection& connection,
                                                            const std::string& member,
                                                            int cycle) const {
  int64_t count = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kCountDeferrals,
                                 {AllianceIdOf(member), LastSegment(member), cycle},
                                 [&](const db::Row& row) { count = row.Int(0); })
                         .status());
  return count;
}

absl::Status UnavailabilityStore::Insert(db::Connection& connection, const Unavailability& declared,
                                         int deferral_cycle) const {
  return connection
      .Execute(kInsert, {AllianceIdOf(declared.name()), LastSegment(declared.name()),
                         LastSegment(declared.member()), DayText(declared.start_date()),
                         DayText(declared.end_date()), deferral_cycle, Body(declared)})
      .status();
}

absl::Status UnavailabilityStore::Cancel(db::Connection& connection, const std::string& name,
                                         bool still_counts) const {
  return connection.ExecuteExactly(1, kCancel,
                                   {still_counts, AllianceIdOf(name), LastSegment(name)});
}

}  // namespace jinhuan::alliance
