#include "resource-svc/storage/lottery_store.h"

#include "platform/api/time.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/lottery_names.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

using State = v1::LotteryRequest::State;

const db::Query kDueWindows(
    "SELECT alliance_id, facility_id, id, lottery_time FROM facility_window "
    "FORCE INDEX (window_by_lottery) WHERE lottery_time <= ? ORDER BY lottery_time LIMIT ?",
    "window_by_lottery");
const db::Query kAdvance(
    "UPDATE facility_window SET lottery_time = ? "
    "WHERE alliance_id = ? AND facility_id = ? AND id = ? AND lottery_time = ?",
    "PRIMARY");
const db::Query kOpen(
    "INSERT IGNORE INTO lottery_draw "
    "(alliance_id, day, window_id, state, close_time, seed, id_key, body) "
    "VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
    "");
const db::Query kClaim(
    "UPDATE lottery_draw FORCE INDEX (PRIMARY) SET requests = requests + 1 "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND state = 1",
    "PRIMARY");
const db::Query kTurn(
    "INSERT INTO lottery_turn (alliance_id) VALUES (?) ON DUPLICATE KEY UPDATE turns = turns + 1",
    "");
const db::Query kClose(
    "UPDATE lottery_draw FORCE INDEX (PRIMARY) SET state = 2 "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND state = 1",
    "PRIMARY");
const db::Query kDueDraws(
    "SELECT body FROM lottery_draw FORCE INDEX (draw_by_close) "
    "WHERE state = 1 AND close_time <= ? ORDER BY close_time LIMIT ?",
    "draw_by_close");
const db::Query kGet(
    "SELECT body FROM lottery_draw WHERE alliance_id = ? AND day = ? AND window_id = ?", "PRIMARY");
const db::Query kSecrets(
    "SELECT seed, id_key FROM lottery_draw WHERE alliance_id = ? AND day = ? AND window_id = ?",
    "PRIMARY");
const db::Query kCount(
    "SELECT COUNT(*) FROM lottery_request FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND day = ? AND window_id = ? AND state = 1",
    "PRIMARY");
const db::Query kFinish(
    "UPDATE lottery_draw SET body = ? WHERE alliance_id = ? AND day = ? AND window_id = ?",
    "PRIMARY");
const db::Query kListDraws(
    "SELECT body FROM lottery_draw FORCE INDEX (PRIMARY) "
    "WHERE alliance_id = ? AND (day, window_id) < (?, ?) "
    "ORDER BY day DESC, window_id DESC LIMIT ?",
    "PRIMARY");
const db::BulkInsert kLosses("INSERT INTO lottery_luck (alliance_id, user_name, losses) VALUES",
                             "(?, ?, ?)", "ON DUPLICATE KEY UPDATE losses = VALUES(losses)");
const db::Query kLossesOf("SELECT losses FROM lottery_luck WHERE alliance_id = ? AND user_name = ?",
                          "PRIMARY");

}  // namespace

absl::StatusOr<std::vector<LotteryStore::DueWindow>> LotteryStore::DueWindows(
    db::Connection& connection, absl::Time now, int limit) {
  std::vector<DueWindow> due;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kDueWindows, {now, limit},
                  [&](const db::Row& row) {
                    due.push_back({WindowName(row.Text(0), row.Text(1), row.Text(2)), row.Time(3)});
                  })
          .status());
  return due;
}

absl::StatusOr<bool> LotteryStore::Advance(db::Connection& connection, const DueWindow& due,
                                           std::optional<absl::Time> next) {
  JH_ASSIGN_OR_RETURN(
      const int64_t advanced,
      connection.Execute(kAdvance, {next, AllianceId(due.window), LastId(ParentOf(due.window)),
                                    LastId(due.window), due.since}));
  return advanced == 1;
}

absl::Status LotteryStore::Open(db::Connection& connection, const api::Call& call,
                                const v1::Draw& draw, const Secrets& secrets) {
  const DrawName name(draw.name());
  JH_ASSIGN_OR_RETURN(const int64_t opened,
                      connection.Execute(kOpen, {name.alliance, name.day, name.window,
                                                 api::FromProto(draw.close_time()), secrets.seed,
                                                 secrets.id_key, draw.SerializeAsString()}));
  if (opened == 0) return absl::OkStatus();
  return journal_.Append(connection, call, {.resource = draw.name(), .after = &draw});
}

absl::StatusOr<bool> LotteryStore::Claim(db::Connection& connection, const std::string& draw) {
  const DrawName name(draw);
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {name.alliance, name.day, name.window}));
  return claimed == 1;
}

absl::Status LotteryStore::TakeTurn(db::Connection& connection, const std::string& alliance) {
  return connection.Execute(kTurn, {AllianceId(alliance)}).status();
}

absl::StatusOr<bool> LotteryStore::Close(db::Connection& connection, const std::string& draw) {
  const DrawName name(draw);
  JH_ASSIGN_OR_RETURN(const int64_t closed,
                      connection.Execute(kClose, {name.alliance, name.day, name.window}));
  return closed == 1;
}

absl::StatusOr<std::vector<std::string>> LotteryStore::DueDraws(db::Connection& connection,
                                                                absl::Time now, int limit) {
  std::vector<std::string> names;
  JH_RETURN_IF_ERROR(connection
                         .Select(kDueDraws, {now, limit},
                                 [&](const db::Row& row) {
                                   v1::Draw draw;
                                   row.Parse(0, draw);
                                   names.push_back(draw.name());
                                 })
                         .status());
  return names;
}

absl::StatusOr<v1::Draw> LotteryStore::Get(db::Connection& connection, const std::string& name) {
  const DrawName key(name);
  v1::Draw draw;
  JH_RETURN_IF_ERROR(connection
                         .Select(kGet, {key.alliance, key.day, key.window},
                                 [&](const db::Row& row) { row.Parse(0, draw); })
                         .status());
  // The key knows the window, not the facility that the name puts it in.
  if (draw.name() != name) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  }
  if (draw.state() == v1::Draw::STATE_COLLECTING) {
    JH_RETURN_IF_ERROR(connection
                           .Select(kCount, {key.alliance, key.day, key.window},
                                   [&](const db::Row& row) {
                                     draw.set_request_count(static_cast<int>(row.Int(0)));
                                   })
                           .status());
  }
  return draw;
}

absl::StatusOr<LotteryStore::Secrets> LotteryStore::SecretsOf(db::Connection& connection,
                                                              const std::string& draw) {
  const DrawName key(draw);
  Secrets secrets;
  JH_RETURN_IF_ERROR(connection
                         .Select(kSecrets, {key.alliance, key.day, key.window},
                                 [&](const db::Row& row) {
                                   secrets = {row.Text(0), row.Text(1)};
                                 })
                         .status());
  return secrets;
}

absl::Status LotteryStore::Finish(db::Connection& connection, const api::Call& call,
                                  const v1::Draw& before, const v1::Draw& after,
                                  const std::vector<v1::LotteryRequest>& requests) {
  const DrawName key(after.name());
  for (const v1::LotteryRequest& request : requests) {
    JH_RETURN_IF_ERROR(Put(connection, call, request));
  }
  JH_RETURN_IF_ERROR(SetLosses(connection, requests));
  JH_RETURN_IF_ERROR(
      connection.Execute(kFinish, {after.SerializeAsString(), key.alliance, key.day, key.window})
          .status());
  return journal_.Append(connection, call,
                         {.resource = after.name(), .before = &before, .after = &after});
}

absl::StatusOr<std::vector<v1::Draw>> LotteryStore::ListDraws(db::Connection& connection,
                                                              const std::string& alliance,
                                                              const api::Page& page) {
  const std::vector<std::string> before =
      page.first() ? std::vector<std::string>{"9999-99-99", ""} : page.after;
  std::vector<v1::Draw> draws;
  JH_RETURN_IF_ERROR(connection
                         .Select(kListDraws,
                                 {AllianceId(alliance), before[0], before[1], page.limit()},
                                 [&](const db::Row& row) { row.Parse(0, draws.emplace_back()); })
                         .status());
  return draws;
}

std::vector<std::string> LotteryStore::DrawKey(const v1::Draw& draw) {
  const DrawName key(draw.name());
  return {key.day, key.window};
}

absl::Status LotteryStore::SetLosses(db::Connection& connection,
                                     const std::vector<v1::LotteryRequest>& requests) {
  std::vector<db::Value> values;
  std::vector<std::string> alliances;
  alliances.reserve(requests.size());  // values point into them
  for (const v1::LotteryRequest& request : requests) {
    const bool won = request.state() == State::LotteryRequest_State_STATE_WON;
    if (!won && request.state() != State::LotteryRequest_State_STATE_LOST) continue;
    alliances.push_back(AllianceId(request.name()));
    values.insert(values.end(), {alliances.back(), request.user(), won ? 0 : request.losses() + 1});
  }
  return values.empty() ? absl::OkStatus() : kLosses.Execute(connection, values);
}

absl::StatusOr<int> LotteryStore::LossesOf(db::Connection& connection, const std::string& alliance,
                                           const std::string& user) {
  int losses = 0;
  JH_RETURN_IF_ERROR(connection
                         .Select(kLossesOf, {AllianceId(alliance), user},
                                 [&](const db::Row& row) { losses = static_cast<int>(row.Int(0)); })
                         .status());
  return losses;
}

}  // namespace jinhuan::resource
