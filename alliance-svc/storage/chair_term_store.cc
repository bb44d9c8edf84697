#include "alliance-svc/storage/chair_term_store.h"

#include <algorithm>

#include "alliance-svc/storage/names.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using internal::v1::StoredTerm;

#define COLUMNS "alliance_id, first_day, version, start_at, end_at, member_id, body"
const db::Query kReadAll("SELECT " COLUMNS
                         " FROM chair_term FORCE INDEX (chair_term_by_end) WHERE alliance_id = ? "
                         "ORDER BY end_at",
                         "chair_term_by_end");
const db::Query kEndingAfter("SELECT " COLUMNS
                             " FROM chair_term FORCE INDEX (chair_term_by_end) "
                             "WHERE alliance_id = ? AND end_at > ? ORDER BY end_at LIMIT ?",
                             "chair_term_by_end");
const db::Query kList(
    "SELECT first_day FROM chair_term FORCE INDEX (chair_term_by_end) "
    "WHERE alliance_id = ? AND end_at > ? ORDER BY end_at LIMIT ?",
    "chair_term_by_end");
const db::Query kListOfMember(
    "SELECT first_day FROM chair_term FORCE INDEX (chair_term_by_member) "
    "WHERE alliance_id = ? AND member_id = ? AND end_at > ? ORDER BY end_at LIMIT ?",
    "chair_term_by_member");
const db::Query kInsert("INSERT INTO chair_term (" COLUMNS ") VALUES (?, ?, 1, ?, ?, ?, ?)", "");
const db::Query kUpdate(
    "UPDATE chair_term FORCE INDEX (PRIMARY) SET version = version + 1, start_at = ?, end_at = ?, "
    "member_id = ?, "
    "body = ? WHERE alliance_id = ? AND first_day = ? AND version = ?",
    "PRIMARY");
const db::Query kDelete(
    "DELETE t FROM chair_term AS t FORCE INDEX (PRIMARY) "
    "WHERE t.alliance_id = ? AND t.first_day = ?",
    "PRIMARY");
#undef COLUMNS

std::string Body(StoredTerm stored) {
  stored.mutable_term()->clear_name();
  stored.mutable_term()->clear_start_time();
  stored.mutable_term()->clear_end_time();
  stored.mutable_term()->clear_member();
  stored.mutable_term()->clear_etag();
  return stored.SerializeAsString();
}

StoredTerm FromRow(const db::Row& row) {
  StoredTerm stored;
  row.Parse(6, stored);
  v1::ChairTerm& term = *stored.mutable_term();
  term.set_name(ChairTermName(row.Text(0), row.Text(1)));
  term.set_etag(row.Text(2));
  *term.mutable_start_time() = api::ToProto(row.Time(3));
  *term.mutable_end_time() = api::ToProto(row.Time(4));
  term.set_member(MemberName(row.Text(0), row.Text(5)));
  return stored;
}

absl::Time Start(const StoredTerm& stored) { return api::FromProto(stored.term().start_time()); }
absl::Time End(const StoredTerm& stored) { return api::FromProto(stored.term().end_time()); }

}  // namespace

absl::StatusOr<std::vector<StoredTerm>> ChairTermStore::ReadAll(db::Connection& connection,
                                                                const std::string& alliance) const {
  std::vector<StoredTerm> terms;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReadAll, {AllianceIdOf(alliance)},
                                 [&](const db::Row& row) { terms.push_back(FromRow(row)); })
                         .status());
  return terms;
}

absl::StatusOr<std::vector<StoredTerm>> ChairTermStore::EndingAfter(db::Connection& connection,
                                                                    const std::string& alliance,
                                                                    absl::Time time,
                                                                    int limit) const {
  std::vector<StoredTerm> terms;
  JH_RETURN_IF_ERROR(connection
                         .Select(kEndingAfter, {AllianceIdOf(alliance), time, limit},
                                 [&](const db::Row& row) { terms.push_back(FromRow(row)); })
                         .status());
  return terms;
}

absl::StatusOr<std::vector<std::string>> ChairTermStore::List(db::Connection& connection,
                                                              const std::string& alliance,
                                                              absl::Time end_after,
                                                              const std::string& member,
                                                              const api::Page& page) const {
  const std::string id = AllianceIdOf(alliance);
  absl::Time after = end_after;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(const int64_t seconds, api::NumberOf(page.after[0]));
    after = std::max(after, absl::FromUnixSeconds(seconds));
  }
  std::vector<std::string> names;
  const auto each = [&](const db::Row& row) { names.push_back(ChairTermName(id, row.Text(0))); };
  JH_RETURN_IF_ERROR(
      (member.empty()
           ? connection.Select(kList, {id, after, page.limit()}, each)
           : connection.Select(kListOfMember, {id, LastSegment(member), after, page.limit()}, each))
          .status());
  return names;
}

std::vector<std::string> ChairTermStore::PageKey(absl::Time end) {
  return {std::to_string(absl::ToUnixSeconds(end))};
}

absl::Status ChairTermStore::Insert(db::Connection& connection, const StoredTerm& term) const {
  return connection
      .Execute(kInsert, {AllianceIdOf(term.term().name()), LastSegment(term.term().name()),
                         Start(term), End(term), LastSegment(term.term().member()), Body(term)})
      .status();
}

absl::Status ChairTermStore::Update(db::Connection& connection, const StoredTerm& term) const {
  return connection.ExecuteExactly(
      1, kUpdate,
      {Start(term), End(term), LastSegment(term.term().member()), Body(term),
       AllianceIdOf(term.term().name()), LastSegment(term.term().name()),
       int64_t{std::stoll(term.term().etag())} - 1});
}

absl::Status ChairTermStore::Delete(db::Connection& connection, const std::string& name) const {
  return connection.ExecuteExactly(1, kDelete, {AllianceIdOf(name), LastSegment(name)});
}

}  // namespace jinhuan::alliance
