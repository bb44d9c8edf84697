// The requests of LotteryStore.
#include <fmt/format.h>

#include "platform/api/time.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/lottery_names.h"
#include "resource-svc/storage/lottery_store.h"

namespace jinhuan::resource {
namespace {

const db::Query kPut(
    "INSERT INTO lottery_request "
    "(alliance_id, day, window_id, id, user_name, state, place, end_time, body) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE state = VALUES(state), "
    "place = VALUES(place), end_time = VALUES(end_time), body = VALUES(body)",
    "");
const db::Query kGet(
    "SELECT body FROM lottery_request "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND id = ?",
    "PRIMARY");
const db::Query kSealed(
    "SELECT body FROM lottery_request FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND state = 1",
    "PRIMARY");
// A withdrawn one has no place, and is nobody else's business.
const db::Query kListOf(
    "SELECT body FROM lottery_request FORCE INDEX (request_by_place) "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND place >= 1 AND (place, id) > (?, ?) "
    "ORDER BY place, id LIMIT ?",
    "request_by_place");
const db::Query kListBy(
    "SELECT body FROM lottery_request FORCE INDEX (request_by_user) "
    "WHERE alliance_id = ? AND user_name = ? AND end_time > ? "
    "AND (end_time, day, window_id) < (?, ?, ?) "
    "ORDER BY end_time DESC, day DESC, window_id DESC LIMIT ?",
    "request_by_user");

// Where one that took no part stands: behind all that did.
constexpr int kNoPlace = 1'000'000'000;

int PlaceOf(const v1::LotteryRequest& request) {
  return request.state() == v1::LotteryRequest::STATE_VOID ? kNoPlace : request.place();
}

v1::LotteryRequest WithoutNeeds(v1::LotteryRequest request) {
  request.clear_needs();
  return request;
}

}  // namespace

absl::Status LotteryStore::Put(db::Connection& connection, const api::Call& call,
                               const v1::LotteryRequest& request) {
  const DrawName draw(ParentOf(request.name()));
  JH_ASSIGN_OR_RETURN(const auto before, GetRequest(connection, request.name()));
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kPut, {draw.alliance, draw.day, draw.window, LastId(request.name()),
                          request.user(), static_cast<int>(request.state()), PlaceOf(request),
                          api::FromProto(request.end_time()), request.SerializeAsString()})
          .status());
  const v1::LotteryRequest was = before ? WithoutNeeds(*before) : v1::LotteryRequest();
  const v1::LotteryRequest is = WithoutNeeds(request);
  return journal_.Append(
      connection, call,
      {.resource = request.name(), .before = before ? &was : nullptr, .after = &is});
}

absl::StatusOr<std::optional<v1::LotteryRequest>> LotteryStore::GetRequest(
    db::Connection& connection, const std::string& name) {
  const DrawName draw(ParentOf(name));
  std::optional<v1::LotteryRequest> found;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {draw.alliance, draw.day, draw.window, LastId(name)},
                                 [&](const db::Row& row) { row.Parse(0, found.emplace()); })
                         .status());
  if (found && found->name() != name) found.reset();  // in another facility
  return found;
}

absl::StatusOr<std::vector<v1::LotteryRequest>> LotteryStore::Sealed(db::Connection& connection,
                                                                     const std::string& draw) {
  const DrawName key(draw);
  std::vector<v1::LotteryRequest> requests;
  JH_RETURN_IF_ERROR(connection
                         .Select(kSealed, {key.alliance, key.day, key.window},
                                 [&](const db::Row& row) { row.Parse(0, requests.emplace_back()); })
                         .status());
  return requests;
}

absl::StatusOr<std::vector<v1::LotteryRequest>> LotteryStore::ListOf(db::Connection& connection,
                                                                     const std::string& draw,
                                                                     const api::Page& page) {
  const DrawName key(draw);
  int64_t place = 0;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(place, api::NumberOf(page.after[0]));
  }
  std::vector<v1::LotteryRequest> requests;
  JH_RETURN_IF_ERROR(connection
                         .Select(kListOf,
                                 {key.alliance, key.day, key.window, place,
                                  page.first() ? "" : page.after[1], page.limit()},
                                 [&](const db::Row& row) { row.Parse(0, requests.emplace_back()); })
                         .status());
  return requests;
}

std::vector<std::string> LotteryStore::ByPlace(const v1::LotteryRequest& request) {
  return {fmt::to_string(PlaceOf(request)), LastId(request.name())};
}

absl::StatusOr<std::vector<v1::LotteryRequest>> LotteryStore::ListBy(db::Connection& connection,
                                                                     const std::string& alliance,
                                                                     const std::string& user,
                                                                     absl::Time end_after,
                                                                     const api::Page& page) {
  constexpr int64_t kFarAway = 253'000'000'000;  // in seconds: the year 9987
  int64_t before = kFarAway;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(before, api::NumberOf(page.after[0]));
  }
  std::vector<v1::LotteryRequest> requests;
  JH_RETURN_IF_ERROR(connection
                         .Select(kListBy,
                                 {AllianceId(alliance), user, end_after,
                                  absl::FromUnixSeconds(std::min(before, kFarAway)),
                                  page.first() ? "" : page.after[1],
                                  page.first() ? "" : page.after[2], page.limit()},
                                 [&](const db::Row& row) { row.Parse(0, requests.emplace_back()); })
                         .status());
  return requests;
}

std::vector<std::string> LotteryStore::ByEnd(const v1::LotteryRequest& request) {
  const DrawName draw(ParentOf(request.name()));
  return {fmt::to_string(request.end_time().seconds()), draw.day, draw.window};
}

}  // namespace jinhuan::resource
