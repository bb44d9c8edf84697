#include "platform/journal/entry_index.h"

#include <algorithm>
#include <limits>
#include <map>

#include "platform/api/time.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

constexpr int64_t kBatch = 1024;  // more than are sealed at a time, so that it gets there
constexpr size_t kLongest = 100;  // of a method and of an actor, as the columns hold them

// The first and the last time that an entry may have.
constexpr absl::Time kBegin = absl::UnixEpoch();
constexpr absl::Time kEnd = absl::FromUnixSeconds(253'402'300'799);

const db::BulkInsert kInsert("INSERT INTO journal_index (number, time, method, actor) VALUES",
                             "(?, ?, ?, ?)", "ON DUPLICATE KEY UPDATE number = number");
const db::Query kInsertHour(
    "INSERT INTO journal_hour (hour, first_number, last_number) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE first_number = LEAST(first_number, VALUES(first_number)), "
    "last_number = GREATEST(last_number, VALUES(last_number))",
    "");
const db::Query kReadRecords(
    "SELECT number, record FROM journal_entry WHERE number >= ? AND number <= ? ORDER BY number",
    "PRIMARY");
// Written also where the entry is not indexed yet: who indexes it at the same moment from what
// it said before finds this in the way.
const db::Query kErase(
    "INSERT INTO journal_index (number, time, method, actor) VALUES (?, ?, '', '') "
    "ON DUPLICATE KEY UPDATE time = VALUES(time), method = '', actor = ''",
    "");
const db::Query kReadHours(
    "SELECT MIN(first_number), MAX(last_number) FROM journal_hour WHERE hour >= ? AND hour < ?",
    "PRIMARY");

absl::Time HourOf(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  return absl::FromUnixSeconds(seconds - seconds % 3600);
}

// What the suite writes always fits.
std::string Fitting(const std::string& text) {
  const bool fits = text.size() <= kLongest &&
                    std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
  return fits ? text : "";
}

}  // namespace

void IndexRows::Add(int64_t number, const std::string& record) {
  v1::Entry entry;
  if (!entry.ParseFromString(record) || !api::IsTime(entry.time())) entry.Clear();
  rows_.push_back({.number = number,
                   .time = api::FromProto(entry.time()),
                   .method = Fitting(entry.method()),
                   .actor = Fitting(entry.actor())});
}

absl::Status IndexRows::Write(db::Connection& connection) const {
  std::vector<db::Value> values;
  std::map<absl::Time, Numbers> hours;
  for (const Row& row : rows_) {
    values.insert(values.end(), {row.number, row.time, row.method, row.actor});
    Numbers& numbers =
        hours.try_emplace(HourOf(row.time), Numbers{row.number, row.number}).first->second;
    numbers.last = row.number;  // they come in order
  }
  for (const auto& [hour, numbers] : hours) {
    JH_RETURN_IF_ERROR(
        connection.Execute(kInsertHour, {hour, numbers.first, numbers.last}).status());
  }
  return kInsert.Execute(connection, values);
}

absl::StatusOr<int64_t> IndexOld(db::Connection& connection, Head& head) {
  const int64_t first = head.indexed;
  const int64_t last = std::min(head.tree_size, first + kBatch);
  if (first >= last) return 0;
  IndexRows rows;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadRecords, {first + 1, last},
                                 [&](const db::Row& row) { rows.Add(row.Int(0), row.Text(1)); })
                         .status());
  JH_RETURN_IF_ERROR(rows.Write(connection));
  head.indexed = last;
  JH_RETURN_IF_ERROR(WriteSizes(connection, head));
  return last - first;
}

absl::Status EraseFromIndex(db::Connection& connection, const v1::Entry& remainder) {
  return connection.Execute(kErase, {remainder.number(), api::FromProto(remainder.time())})
      .status();
}

absl::StatusOr<Numbers> ReadNumbers(db::Connection& connection, std::optional<absl::Time> start,
                                    std::optional<absl::Time> end) {
  Numbers numbers{1, std::numeric_limits<int64_t>::max()};
  if (!start.has_value() && !end.has_value()) return numbers;
  const auto read = [&](const db::Row& row) {
    numbers = row.IsNull(0) ? Numbers{1, 0} : Numbers{row.Int(0), row.Int(1)};
  };
  JH_RETURN_IF_ERROR(
      connection.Select(kReadHours, {HourOf(start.value_or(kBegin)), end.value_or(kEnd)}, read)
          .status());
  return numbers;
}

}  // namespace jinhuan::journal
