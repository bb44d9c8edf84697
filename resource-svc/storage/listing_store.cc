#include "resource-svc/storage/listing_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/time/civil_time.h"
#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

const db::Query kInsert(
    "INSERT INTO listing (alliance_id, kind, id, member_id, category, state, end_time, remaining, "
    "waiting, version, body) VALUES (?, ?, ?, ?, ?, 1, ?, ?, 0, 1, ?)",
    "");
const db::Query kGet(
    "SELECT state, remaining, waiting, version, body FROM listing "
    "WHERE alliance_id = ? AND kind = ? AND id = ?",
    "PRIMARY");
// The state stands before what it is computed from: servers differ in whether an
// assignment sees those to its left.
const db::Query kUpdate(
    "UPDATE listing SET version = version + 1, state = IF(remaining + ? = 0, 2, 1), "
    "remaining = remaining + ?, end_time = ?, body = ? "
    "WHERE alliance_id = ? AND kind = ? AND id = ? AND version = ? AND remaining + ? >= 0",
    "PRIMARY");
const db::Query kWithdraw(
    "UPDATE listing SET version = version + 1, state = 3, body = ? "
    "WHERE alliance_id = ? AND kind = ? AND id = ? AND version = ? AND waiting = 0",
    "PRIMARY");
const db::Query kClaim(
    "UPDATE listing SET version = version + 1, state = IF(remaining = ?, 2, 1), "
    "remaining = remaining - ?, waiting = waiting + ? "
    "WHERE alliance_id = ? AND kind = ? AND id = ? AND state = 1 AND end_time > ? "
    "AND remaining >= ?",
    "PRIMARY");
const db::Query kGiveBack(
    "UPDATE listing SET version = version + 1, "
    "state = IF(state = 3, 3, IF(remaining + ? = 0, 2, 1)), "
    "remaining = remaining + ?, waiting = waiting - ? "
    "WHERE alliance_id = ? AND kind = ? AND id = ?",
    "PRIMARY");
const db::Query kListState(
    "SELECT state, remaining, waiting, version, body FROM listing FORCE INDEX (listing_by_state) "
    "WHERE alliance_id = ? AND kind = ? AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "listing_by_state");
const db::Query kListCategory(
    "SELECT state, remaining, waiting, version, body FROM listing "
    "FORCE INDEX (listing_by_category) WHERE alliance_id = ? AND kind = ? AND category = ? "
    "AND state = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "listing_by_category");
// One unit has few: its category is looked for among them.
const db::Query kListMember(
    "SELECT state, remaining, waiting, version, body FROM listing FORCE INDEX (listing_by_member) "
    "WHERE alliance_id = ? AND kind = ? AND member_id = ? AND state = ? AND id < ? "
    "AND (? = 0 OR category = ?) ORDER BY id DESC LIMIT ?",
    "listing_by_member");

constexpr char kAfterAll[] = "~";  // sorts after every id

constexpr int KindOf(const v1::Need&) { return 1; }
constexpr int KindOf(const v1::Offer&) { return 2; }

template <class Listing>
absl::Time EndOf(const Listing& listing) {
  static const absl::Time never =
      absl::FromCivil(absl::CivilSecond(9999, 12, 31), absl::UTCTimeZone());
  return listing.has_end_time() ? api::FromProto(listing.end_time()) : never;
}

template <class Listing>
void ReadRow(const db::Row& row, Listing& listing) {
  row.Parse(4, listing);
  listing.set_state(static_cast<v1::ListingState>(row.Int(0)));
  listing.set_remaining_quantity(static_cast<int32_t>(row.Int(1)));
  listing.set_waiting_count(static_cast<int32_t>(row.Int(2)));
  listing.set_etag(fmt::to_string(row.Int(3)));
}

v1::ListingState StateFor(int remaining) {
  return remaining == 0 ? v1::LISTING_STATE_TAKEN : v1::LISTING_STATE_OPEN;
}

}  // namespace

template <class Listing>
absl::StatusOr<Listing> ListingStore<Listing>::Create(db::Connection& connection,
                                                      const api::Call& call, Listing listing) {
  listing.set_state(v1::LISTING_STATE_OPEN);
  listing.set_remaining_quantity(listing.quantity());
  listing.set_waiting_count(0);
  listing.set_etag("1");
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {AllianceId(listing.name()), KindOf(listing), LastId(listing.name()),
                             LastId(listing.member()), static_cast<int>(listing.category()),
                             EndOf(listing), listing.quantity(), listing.SerializeAsString()})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = listing.name(), .after = &listing}));
  return listing;
}

template <class Listing>
absl::StatusOr<Listing> ListingStore<Listing>::Get(db::Connection& connection,
                                                   const std::string& name) {
  Listing listing;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kGet, {AllianceId(name), KindOf(listing), LastId(name)},
                                        [&](const db::Row& row) { ReadRow(row, listing); }));
  if (rows == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return listing;
}

template <class Listing>
absl::StatusOr<Listing> ListingStore<Listing>::Update(db::Connection& connection,
                                                      const api::Call& call, const Listing& before,
                                                      Listing after) {
  const int64_t version = std::stoll(before.etag());
  const int more = after.quantity() - before.quantity();
  after.set_etag(fmt::to_string(version + 1));
  after.set_remaining_quantity(before.remaining_quantity() + more);
  after.set_state(StateFor(after.remaining_quantity()));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {more, more, EndOf(after), after.SerializeAsString(), AllianceId(after.name()), KindOf(after),
       LastId(after.name()), version, more}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

template <class Listing>
absl::StatusOr<Listing> ListingStore<Listing>::Withdraw(db::Connection& connection,
                                                        const api::Call& call,
                                                        const Listing& before,
                                                        const std::string& reason) {
  const int64_t version = std::stoll(before.etag());
  Listing after = before;
  after.set_state(v1::LISTING_STATE_WITHDRAWN);
  after.set_withdraw_reason(reason);
  after.set_etag(fmt::to_string(version + 1));
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kWithdraw,
                                               {after.SerializeAsString(), AllianceId(after.name()),
                                                KindOf(after), LastId(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call,
      {.resource = after.name(), .before = &before, .after = &after, .reason = reason}));
  return after;
}

template <class Listing>
absl::Status ListingStore<Listing>::Claim(db::Connection& connection, const std::string& name,
                                          int quantity, bool waits, absl::Time now) {
  JH_ASSIGN_OR_RETURN(const int64_t changed,
                      connection.Execute(kClaim, {quantity, quantity, waits, AllianceId(name),
                                                  KindOf(Listing()), LastId(name), now, quantity}));
  if (changed == 1) return absl::OkStatus();
  // What follows only says why.
  JH_ASSIGN_OR_RETURN(const Listing listing, Get(connection, name));
  if (listing.state() == v1::LISTING_STATE_WITHDRAWN || EndOf(listing) <= now) {
    return Error(v1::ERROR_REASON_LISTING_CLOSED, {{"name", name}});
  }
  return Error(v1::ERROR_REASON_LISTING_TAKEN,
               {{"name", name}, {"wanted", fmt::to_string(quantity)}});
}

template <class Listing>
absl::Status ListingStore<Listing>::GiveBack(db::Connection& connection, const std::string& name,
                                             int quantity, int answered) {
  return connection.ExecuteExactly(
      1, kGiveBack,
      {quantity, quantity, answered, AllianceId(name), KindOf(Listing()), LastId(name)});
}

template <class Listing>
absl::StatusOr<std::vector<Listing>> ListingStore<Listing>::List(db::Connection& connection,
                                                                 const std::string& alliance,
                                                                 const ListingFilter& filter,
                                                                 const api::Page& page) {
  // The merge of one run for each state, each one range of an index in the list's order.
  const std::string alliance_id = AllianceId(alliance);
  const std::string before = page.first() ? kAfterAll : page.after[0];
  const int kind = KindOf(Listing());
  const int category = filter.category;
  std::vector<Listing> listings;
  const auto add = [&](const db::Row& row) { ReadRow(row, listings.emplace_back()); };
  for (const int state :
       {v1::LISTING_STATE_OPEN, v1::LISTING_STATE_TAKEN, v1::LISTING_STATE_WITHDRAWN}) {
    if (filter.state != v1::LISTING_STATE_UNSPECIFIED && filter.state != state) continue;
    const auto rows =
        !filter.member.empty() ? connection.Select(kListMember,
                                                   {alliance_id, kind, LastId(filter.member), state,
                                                    before, category, category, page.limit()},
                                                   add)
        : category != v1::EXCHANGE_CATEGORY_UNSPECIFIED
            ? connection.Select(kListCategory,
                                {alliance_id, kind, category, state, before, page.limit()}, add)
            : connection.Select(kListState, {alliance_id, kind, state, before, page.limit()}, add);
    JH_RETURN_IF_ERROR(rows.status());
  }
  std::sort(listings.begin(), listings.end(),
            [](const Listing& a, const Listing& b) { return a.name() > b.name(); });
  if (listings.size() > static_cast<size_t>(page.limit())) listings.resize(page.limit());
  return listings;
}

template class ListingStore<v1::Need>;
template class ListingStore<v1::Offer>;

}  // namespace jinhuan::resource
