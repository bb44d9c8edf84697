#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/lottery.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::resource {

// Keeps draws, what is asked for in them, and how lucky people were. Thread-safe. The row of a
// draw owns what happens to it: who makes, changes or withdraws a request claims it first, and
// so does who draws. Requests are journalled without the needs that they name.
class LotteryStore {
 public:
  explicit LotteryStore(journal::Journal& journal) : journal_(journal) {}

  // The windows whose next draws are to be opened at `now`, at most `limit`; of all alliances.
  struct DueWindow {
    std::string window;
    absl::Time since;
  };
  absl::StatusOr<std::vector<DueWindow>> DueWindows(db::Connection& connection, absl::Time now,
                                                    int limit);
  // Says when to look again, or with nothing never; the first statement of the transaction that
  // opens the draws. False when someone else has done so.
  absl::StatusOr<bool> Advance(db::Connection& connection, const DueWindow& due,
                               std::optional<absl::Time> next);

  // What nobody may know of a draw while it collects, 32 bytes each.
  struct Secrets {
    std::string seed;    // published by the draw
    std::string id_key;  // never published; empty in draws of before there was one
  };
  // Opens a draw with its secrets, unless it is there.
  absl::Status Open(db::Connection& connection, const api::Call& call, const v1::Draw& draw,
                    const Secrets& secrets);

  // Takes hold of a draw that collects, for as long as the transaction lives; false when there
  // is none of that name, or it was drawn.
  absl::StatusOr<bool> Claim(db::Connection& connection, const std::string& draw);
  // Ends the collecting, in the turn of whoever draws in the alliance (TakeTurn, the first
  // statement). False when it was ended before.
  absl::Status TakeTurn(db::Connection& connection, const std::string& alliance);
  absl::StatusOr<bool> Close(db::Connection& connection, const std::string& draw);

  // The names of those that are to be drawn at `now`, the longest due first, at most `limit`;
  // of all alliances.
  absl::StatusOr<std::vector<std::string>> DueDraws(db::Connection& connection, absl::Time now,
                                                    int limit);

  // A draw as it is published; while it collects, with the requests counted. NOT_FOUND /
  // RESOURCE_NOT_FOUND.
  absl::StatusOr<v1::Draw> Get(db::Connection& connection, const std::string& name);
  // Its secrets: the seed is for who draws, the key for who names a request.
  absl::StatusOr<Secrets> SecretsOf(db::Connection& connection, const std::string& draw);

  // Publishes what was drawn, of a draw that was closed.
  absl::Status Finish(db::Connection& connection, const api::Call& call, const v1::Draw& before,
                      const v1::Draw& after, const std::vector<v1::LotteryRequest>& requests);

  // A page of the draws of an alliance, the latest day first, with one more than it holds if
  // there is one. DrawKey says what comes after a draw.
  absl::StatusOr<std::vector<v1::Draw>> ListDraws(db::Connection& connection,
                                                  const std::string& alliance,
                                                  const api::Page& page);
  static std::vector<std::string> DrawKey(const v1::Draw& draw);
  static constexpr size_t kDrawColumns = 2;

  // Puts a request in the place of what was kept under its name; the draw must be claimed.
  absl::Status Put(db::Connection& connection, const api::Call& call,
                   const v1::LotteryRequest& request);
  // Nothing when there is none.
  absl::StatusOr<std::optional<v1::LotteryRequest>> GetRequest(db::Connection& connection,
                                                               const std::string& name);

  // The sealed requests of a draw, for who draws.
  absl::StatusOr<std::vector<v1::LotteryRequest>> Sealed(db::Connection& connection,
                                                         const std::string& draw);
  // A page of the requests of a draw that was drawn, in its order; ByPlace says what comes
  // after a request.
  absl::StatusOr<std::vector<v1::LotteryRequest>> ListOf(db::Connection& connection,
                                                         const std::string& draw,
                                                         const api::Page& page);
  static std::vector<std::string> ByPlace(const v1::LotteryRequest& request);
  static constexpr size_t kByPlaceColumns = 2;
  // A page of what a person asked for, the latest end first; ByEnd says what comes after.
  absl::StatusOr<std::vector<v1::LotteryRequest>> ListBy(db::Connection& connection,
                                                         const std::string& alliance,
                                                         const std::string& user,
                                                         absl::Time end_after,
                                                         const api::Page& page);
  static std::vector<std::string> ByEnd(const v1::LotteryRequest& request);
  static constexpr size_t kByEndColumns = 3;

  // How many draws a person lost since it last won one; for who has the turn.
  absl::StatusOr<int> LossesOf(db::Connection& connection, const std::string& alliance,
                               const std::string& user);

 private:
  absl::Status SetLosses(db::Connection& connection,
                         const std::vector<v1::LotteryRequest>& requests);

  journal::Journal& journal_;
};

}  // namespace jinhuan::resource
