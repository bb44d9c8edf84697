#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "jinhuan/journal/v1/error_reason.pb.h"
#include "platform/journal/entry_index.h"
#include "platform/journal/journal.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

const db::Query kProgress("SELECT size, indexed FROM journal_head WHERE id = 1", "PRIMARY");

// Entries between two numbers, by one key in either direction. What else is asked for is looked
// at entry by entry.
class Reading {
 public:
  // `from` joins e, the entry, and i, what the index says of it; `by` is what the key begins
  // with, and `number` what follows there.
  Reading(const std::string& from, const std::string& by, const std::string& number,
          const char* index)
      : up_sql_(Sql(from, by, number, "")),
        down_sql_(Sql(from, by, number, " DESC")),
        up_(up_sql_.c_str(), index),
        down_(down_sql_.c_str(), index) {}

  const db::Query& In(bool newest_first) const { return newest_first ? down_ : up_; }

 private:
  static std::string Sql(const std::string& from, const std::string& by, const std::string& number,
                         const std::string& direction) {
    return fmt::format(
        "SELECT e.number, e.record FROM {} WHERE {}{} BETWEEN ? AND ? "
        "AND (? = '' OR e.alliance = ?) AND (? = '' OR e.resource = ?) "
        "AND (? = '' OR i.method = ?) AND (? = '' OR i.actor = ?) "
        "AND (? OR i.time >= ?) AND (? OR i.time < ?) ORDER BY {}{} LIMIT ?",
        from, by, number, number, direction);
  }

  const std::string up_sql_;
  const std::string down_sql_;
  const db::Query up_;
  const db::Query down_;
};

// By what stands in the journal itself; so old entries are listed before they are indexed.
std::string FromEntries(const char* index) {
  return fmt::format(
      "journal_entry AS e FORCE INDEX ({}) "
      "LEFT JOIN journal_index AS i FORCE INDEX (PRIMARY) ON i.number = e.number",
      index);
}
std::string FromIndex(const char* index) {
  return fmt::format(
      "journal_index AS i FORCE INDEX ({}) "
      "STRAIGHT_JOIN journal_entry AS e FORCE INDEX (PRIMARY) ON e.number = i.number",
      index);
}

const Reading kAll(FromEntries("PRIMARY"), "", "e.number", "PRIMARY");
const Reading kByAlliance(FromEntries("journal_entry_by_alliance"), "e.alliance = ? AND ",
                          "e.number", "journal_entry_by_alliance");
const Reading kByResource(FromEntries("journal_entry_by_resource"), "e.resource = ? AND ",
                          "e.number", "journal_entry_by_resource");
const Reading kByMethod(FromIndex("journal_index_by_method"), "i.method = ? AND ", "i.number",
                        "journal_index_by_method");
const Reading kByActor(FromIndex("journal_index_by_actor"), "i.actor = ? AND ", "i.number",
                       "journal_index_by_actor");

// The key that leaves the fewest entries to look at, and its value; kAll has none.
std::pair<const Reading*, std::string_view> Choose(const Journal::Selection& selection) {
  if (!selection.resource.empty()) return {&kByResource, selection.resource};
  if (!selection.actor.empty()) return {&kByActor, selection.actor};
  if (!selection.method.empty()) return {&kByMethod, selection.method};
  if (!selection.alliance.empty()) return {&kByAlliance, selection.alliance};
  return {&kAll, ""};
}

bool NeedsIndex(const Journal::Selection& selection) {
  return !selection.method.empty() || !selection.actor.empty() || selection.start.has_value() ||
         selection.end.has_value();
}

absl::Status CheckIndexed(db::Connection& connection) {
  int64_t size = 0;
  int64_t indexed = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kProgress, {},
                                 [&](const db::Row& row) {
                                   size = row.Int(0);
                                   indexed = row.Int(1);
                                 })
                         .status());
  if (indexed >= size) return absl::OkStatus();
  return Error(v1::JOURNAL_REASON_JOURNAL_NOT_INDEXED,
               {{"indexed", std::to_string(indexed)}, {"size", std::to_string(size)}});
}

absl::Status ReadEntries(db::Connection& connection, const Journal::Selection& selection,
                         const Numbers& numbers, int limit, std::vector<v1::Entry>& entries) {
  const auto add = [&](const db::Row& row) {
    row.Parse(1, entries.emplace_back());
    entries.back().set_number(row.Int(0));
  };
  const auto& [alliance, resource, method, actor, start, end, newest_first] = selection;
  const absl::Time from = start.value_or(absl::UnixEpoch());
  const absl::Time to = end.value_or(absl::UnixEpoch());
  const auto [reading, key] = Choose(selection);
  const db::Query& query = reading->In(newest_first);
  if (reading == &kAll) {
    return connection
        .Select(query,
                {numbers.first, numbers.last, alliance, alliance, resource, resource, method,
                 method, actor, actor, !start.has_value(), from, !end.has_value(), to, limit},
                add)
        .status();
  }
  return connection
      .Select(query,
              {key, numbers.first, numbers.last, alliance, alliance, resource, resource, method,
               method, actor, actor, !start.has_value(), from, !end.has_value(), to, limit},
              add)
      .status();
}

}  // namespace

absl::StatusOr<std::vector<v1::Entry>> Journal::List(const Selection& selection, int64_t after,
                                                     int limit, absl::Time deadline) {
  std::vector<v1::Entry> entries;
  JH_RETURN_IF_ERROR(db::Read(pool_, deadline, [&](db::Connection& connection) -> absl::Status {
    entries.clear();
    if (NeedsIndex(selection)) JH_RETURN_IF_ERROR(CheckIndexed(connection));
    JH_ASSIGN_OR_RETURN(Numbers numbers, ReadNumbers(connection, selection.start, selection.end));
    if (after != 0 && selection.newest_first) numbers.last = std::min(numbers.last, after - 1);
    if (after != 0 && !selection.newest_first) numbers.first = std::max(numbers.first, after + 1);
    if (numbers.first > numbers.last) return absl::OkStatus();
    return ReadEntries(connection, selection, numbers, limit, entries);
  }));
  return entries;
}

}  // namespace jinhuan::journal
