#include "resource-svc/rpc/lottery.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/db/errors.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/day_text.h"
#include "resource-svc/domain/lottery.h"
#include "resource-svc/domain/quota.h"
#include "resource-svc/rpc/active_units.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

using Request = v1::LotteryRequest;

constexpr int kWindows = 50;  // so many are looked at at once,
constexpr int kDraws = 500;   // and so many draws
constexpr size_t kAlliancesAtOnce = 4;
constexpr size_t kSecretBytes = 32;
constexpr size_t kTogether = 32;  // so many bookings are made by one statement
constexpr absl::Duration kPatience = absl::Seconds(30);

api::Call CallAt(IdSource& ids, const std::string& resource, absl::Time now, absl::Time deadline) {
  return api::OwnCall("services/resource-svc", "jinhuan.resource.v1.Lottery/Keep", ids, now,
                      deadline, api::AllianceOf(resource));
}

absl::CivilDay DayOf(const Supply& supply, const std::vector<Slot>& opening) {
  return absl::ToCivilDay(opening.front().start, supply.zone);
}

// The openings of a window that have not ended and can be asked for at `now`.
std::vector<std::vector<Slot>> OpeningsAhead(const Supply& supply, absl::Time now) {
  const absl::Time end = absl::FromCivil(LastDayAhead(supply, now) + 1, supply.zone);
  const WindowCalendar calendar = CalendarOf(supply);
  std::vector<std::vector<Slot>> openings;
  for (const Slot& slot : calendar.SlotsOverlapping(now, end)) {
    if (!openings.empty() && slot.start < openings.back().back().end) continue;
    std::vector<Slot> opening = calendar.OpeningAt(slot.start);
    if (opening.front().start < end) openings.push_back(std::move(opening));
  }
  return openings;
}

int64_t MinutesOf(const std::vector<v1::UnitLedger>& ledgers) {
  int64_t minutes = 0;
  for (const v1::UnitLedger& ledger : ledgers) {
    for (const v1::LedgerBalance& balance : ledger.balances()) {
      if (balance.kind() != v1::LEDGER_KIND_MEALS) minutes += balance.balance();
    }
  }
  return minutes;
}

v1::Booking WishOf(const Request& request) {
  v1::Booking wish;
  wish.set_window(request.window());
  *wish.mutable_start_time() = request.start_time();
  *wish.mutable_end_time() = request.end_time();
  wish.set_quantity(request.quantity());
  wish.set_plate(request.plate());
  *wish.mutable_guests() = request.guests();
  return wish;
}

}  // namespace

std::string DrawOf(const Supply& supply, const std::vector<Slot>& opening) {
  return fmt::format("{}/draws/{}", supply.window.name(), DayText(DayOf(supply, opening)));
}

// A draw as it is made, in the transaction that makes it.
struct Lottery::Round {
  explicit Round(MemberStore& members) : active_units(members) {}

  ActiveUnits active_units;
  Supply supply;
  std::vector<Slot> opening;    // none: it opens no more
  std::set<absl::Time> closed;  // which slots of it are
  v1::Draw draw;
  std::vector<Request> requests;
  std::vector<LotteryEntry> entries;
  std::vector<size_t> request_of;       // of each entry, its request
  std::deque<v1::Booking> bookings;     // of each entry, what it would get
  std::deque<std::vector<Slot>> slots;  // and where
  LotteryPool pool;
  std::map<std::string, size_t> limits;     // by key, in the pool
  std::map<std::string, int64_t> balances;  // by unit
  std::map<std::string, size_t> guests;     // numbers in place of names, by subject
};

absl::StatusOr<int> Lottery::Keep(absl::Time now) {
  const absl::Status opened = OpenAllDue(now);
  const absl::StatusOr<int> drawn = DrawAllDue(now);
  return opened.ok() ? drawn : opened;
}

absl::Status Lottery::OpenAllDue(absl::Time now) {
  JH_ASSIGN_OR_RETURN(const auto windows,
                      db::Read<std::vector<LotteryStore::DueWindow>>(
                          stores_.pool, absl::Now() + kPatience, [&](db::Connection& c) {
                            return stores_.lotteries.DueWindows(c, now, kWindows);
                          }));
  absl::Status failed;
  for (const LotteryStore::DueWindow& due : windows) failed.Update(OpenDue(due, now));
  return failed;
}

absl::StatusOr<int> Lottery::DrawAllDue(absl::Time now) {
  JH_ASSIGN_OR_RETURN(const auto names,
                      db::Read<std::vector<std::string>>(
                          stores_.pool, absl::Now() + kPatience, [&](db::Connection& c) {
                            return stores_.lotteries.DueDraws(c, now, kDraws);
                          }));
  std::map<std::string, std::vector<std::string>> due;  // by alliance, the longest due first
  for (const std::string& name : names) due[api::AllianceOf(name)].push_back(name);
  absl::Mutex mutex;
  auto next = due.begin();
  absl::Status failed;
  int drawn = 0;
  const auto take = [&]() -> const std::vector<std::string>* {
    absl::MutexLock lock(&mutex);
    return next == due.end() ? nullptr : &(next++)->second;
  };
  const auto draw = [&] {
    for (const auto* draws = take(); draws != nullptr; draws = take()) {
      for (const std::string& name : *draws) {
        const absl::StatusOr<bool> made = DrawOne(name, now);
        absl::MutexLock lock(&mutex);
        failed.Update(made.status());
        drawn += made.value_or(false) ? 1 : 0;
      }
    }
  };
  std::vector<std::thread> beside;
  for (size_t i = 1; i < std::min(due.size(), kAlliancesAtOnce); ++i) beside.emplace_back(draw);
  draw();
  for (std::thread& thread : beside) thread.join();
  if (!failed.ok()) return failed;
  return drawn;
}

absl::Status Lottery::OpenDue(const LotteryStore::DueWindow& due, absl::Time now) {
  const absl::Time deadline = absl::Now() + kPatience;
  const api::Call call = CallAt(ids_, due.window, now, deadline);
  // Its zone and its end never come earlier than they are read here.
  JH_ASSIGN_OR_RETURN(const Supply known,
                      db::Read<Supply>(stores_.pool, deadline, [&](db::Connection& c) {
                        return stores_.windows.GetSupply(c, due.window);
                      }));
  const absl::CivilDay today = absl::ToCivilDay(now, known.zone);
  std::optional<absl::Time> next = absl::FromCivil(today + 1, known.zone);
  const bool over = known.window.has_end_date() && ToCivilDay(known.window.end_date()) < today - 1;
  if (over && known.window.state() == v1::Window::STATE_ENDED) next.reset();
  return db::InTransaction(stores_.pool, deadline, [&](db::Connection& c) -> absl::Status {
    JH_ASSIGN_OR_RETURN(const bool mine, stores_.lotteries.Advance(c, due, next));
    if (!mine) return absl::OkStatus();
    JH_ASSIGN_OR_RETURN(const Supply supply, stores_.windows.GetSupply(c, due.window));
    for (const std::vector<Slot>& opening : OpeningsAhead(supply, now)) {
      JH_RETURN_IF_ERROR(Open(c, call, supply, opening));
    }
    return absl::OkStatus();
  });
}

absl::Status Lottery::Open(db::Connection& connection, const api::Call& call, const Supply& supply,
                           const std::vector<Slot>& opening) {
  const LotteryStore::Secrets secrets = {.seed = ids_.RandomBytes(kSecretBytes),
                                         .id_key = ids_.RandomBytes(kSecretBytes)};
  v1::Draw draw;
  draw.set_name(DrawOf(supply, opening));
  *draw.mutable_date() = ToDate(DayOf(supply, opening));
  draw.set_facility_display_name(supply.facility.display_name());
  *draw.mutable_start_time() = api::ToProto(opening.front().start);
  *draw.mutable_end_time() = api::ToProto(opening.back().end);
  *draw.mutable_close_time() = api::ToProto(LotteryCloseTime(supply, opening));
  draw.set_state(v1::Draw::STATE_COLLECTING);
  draw.set_seed_commitment(LotteryCommitment(secrets.seed));
  return stores_.lotteries.Open(connection, call, draw, secrets);
}

absl::StatusOr<bool> Lottery::DrawOne(const std::string& name, absl::Time now) {
  const absl::Time deadline = absl::Now() + kPatience;
  const api::Call call = CallAt(ids_, name, now, deadline);
  bool drawn = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(stores_.pool, deadline, [&](db::Connection& c) -> absl::Status {
        JH_RETURN_IF_ERROR(stores_.lotteries.TakeTurn(c, call.alliance));
        JH_ASSIGN_OR_RETURN(drawn, stores_.lotteries.Close(c, name));
        if (!drawn) return absl::OkStatus();
        Round round(stores_.members);
        JH_ASSIGN_OR_RETURN(const v1::Draw before, stores_.lotteries.Get(c, name));
        JH_ASSIGN_OR_RETURN(const auto secrets, stores_.lotteries.SecretsOf(c, name));
        JH_ASSIGN_OR_RETURN(round.requests, stores_.lotteries.Sealed(c, name));
        JH_ASSIGN_OR_RETURN(round.supply, stores_.windows.GetSupply(c, ParentOf(name)));
        round.draw = before;
        round.opening = CalendarOf(round.supply).OpeningAt(api::FromProto(before.start_time()));
        JH_RETURN_IF_ERROR(Weigh(c, call, round));
        JH_ASSIGN_OR_RETURN(const LotteryResult result,
                            DrawLots(secrets.seed, round.entries, round.pool));
        for (size_t place = 0; place < result.order.size(); ++place) {
          const size_t entry = result.order[place];
          Request& request = round.requests[round.request_of[entry]];
          request.set_place(static_cast<int>(place) + 1);
          request.set_state(result.won[entry] ? Request::STATE_WON : Request::STATE_LOST);
          if (result.won[entry]) request.set_booking(round.bookings[entry].name());
        }
        JH_RETURN_IF_ERROR(Book(c, call, round));
        v1::Draw& draw = round.draw;
        draw.set_state(v1::Draw::STATE_DRAWN);
        draw.set_seed(LotterySeedText(secrets.seed));
        *draw.mutable_draw_time() = api::ToProto(now);
        draw.set_request_count(static_cast<int>(round.requests.size()));
        draw.set_win_count(
            static_cast<int>(std::count(result.won.begin(), result.won.end(), true)));
        return stores_.lotteries.Finish(c, call, before, draw, round.requests);
      }));
  return drawn;
}

absl::StatusOr<bool> Lottery::AddWish(db::Connection& connection, const api::Call& call,
                                      const Request& request, Round& round) {
  JH_ASSIGN_OR_RETURN(const bool active, round.active_units.Has(connection, request.member()));
  const auto slots = SlotsOf(round.supply, api::FromProto(request.start_time()),
                             api::FromProto(request.end_time()));
  if (!active || !slots.ok()) return false;
  // What is closed nobody could win, and so nobody loses.
  const bool closed = std::any_of(slots->begin(), slots->end(), [&](const Slot& slot) {
    return round.closed.count(slot.start) > 0;
  });
  auto booking = Admit(WishOf(request), round.supply, *slots, call.now);
  if (closed || !booking.ok()) return false;  // or it came too late to be drawn
  booking->set_name(fmt::format("{}/bookings/{}", call.alliance, ids_.NewId()));
  booking->set_member(request.member());
  booking->set_user(request.user());
  round.slots.push_back(*slots);
  round.bookings.push_back(*std::move(booking));
  return true;
}

absl::Status Lottery::Weigh(db::Connection& connection, const api::Call& call, Round& round) {
  if (!round.opening.empty()) {
    const std::string& window = round.supply.window.name();
    JH_ASSIGN_OR_RETURN(const bool made,
                        stores_.slots.Make(connection, round.supply, round.opening));
    if (!made) return db::RetryTransaction();
    JH_ASSIGN_OR_RETURN(const SlotCounts counts,
                        stores_.slots.Counts(connection, window, round.opening.front().start,
                                             round.opening.back().end));
    for (const Slot& slot : round.opening) {
      const auto count = counts.find(slot.start);
      const int places = count == counts.end() ? 0 : count->second.capacity - count->second.used;
      if (count == counts.end() || count->second.capacity == 0) round.closed.insert(slot.start);
      round.pool.places.push_back(places);
      v1::Draw::Slot& published = *round.draw.add_slots();
      *published.mutable_start_time() = api::ToProto(slot.start);
      published.set_places(places);
    }
  }
  for (size_t i = 0; i < round.requests.size(); ++i) {
    Request& request = round.requests[i];
    request.set_state(Request::STATE_VOID);
    JH_ASSIGN_OR_RETURN(const bool added, AddWish(connection, call, request, round));
    if (!added) continue;
    JH_RETURN_IF_ERROR(AddEntry(connection, i, round));
  }
  return absl::OkStatus();
}

std::string Lottery::LimitKey(const QuotaUse& use, const std::string& request, Round& round) {
  const std::string scope = use.scope == kCharterScope ? "charter " : "";
  if (use.subject_kind == "unit") return fmt::format("{}{} {}", scope, use.subject, use.period);
  if (use.guest.empty()) return fmt::format("{}{} {}", scope, request, use.period);
  const size_t number =
      round.guests.try_emplace(use.subject, round.guests.size() + 1).first->second;
  return fmt::format("guest {} {}", number, use.period);
}

absl::Status Lottery::AddEntry(db::Connection& connection, size_t index, Round& round) {
  Request& request = round.requests[index];
  const v1::Booking& booking = round.bookings.back();
  LotteryEntry entry{.id = LastId(request.name()), .quantity = booking.quantity()};
  for (const QuotaUse& use : QuotaUses(round.supply, booking)) {
    const std::string key = LimitKey(use, entry.id, round);
    const auto [limit, fresh] = round.limits.try_emplace(key, round.pool.limits.size());
    if (fresh) {
      JH_ASSIGN_OR_RETURN(const int used, stores_.quotas.Count(connection, booking.window(), use));
      round.pool.limits.push_back(std::max(use.limit - used, 0));
      v1::Draw::Limit& published = *round.draw.add_limits();
      published.set_key(key);
      published.set_left(round.pool.limits.back());
    }
    entry.limits.push_back(limit->second);
    request.add_limits(key);
  }
  const auto [balance, fresh] = round.balances.try_emplace(request.member());
  if (fresh) {
    JH_ASSIGN_OR_RETURN(const auto ledgers,
                        stores_.ledger.Balances(connection, request.member(), request.member(),
                                                {.size = 1, .after = {}}));
    balance->second = MinutesOf(ledgers);
  }
  JH_ASSIGN_OR_RETURN(const int losses,
                      stores_.lotteries.LossesOf(connection, request.name(), request.user()));
  request.set_need_points(NeedPoints(request.needs()));
  request.set_losses(losses);
  request.set_balance_minutes(balance->second);
  entry.tickets =
      TicketsOf({.need = request.need_points(), .losses = losses, .balance = balance->second});
  request.set_tickets(entry.tickets);
  const auto at = [&](absl::Time start) {
    return static_cast<size_t>(std::find_if(round.opening.begin(), round.opening.end(),
                                            [&](const Slot& slot) { return slot.start == start; }) -
                               round.opening.begin());
  };
  entry.first = at(round.slots.back().front().start);
  entry.last = at(round.slots.back().back().start);
  round.entries.push_back(std::move(entry));
  round.request_of.push_back(index);
  return absl::OkStatus();
}

absl::Status Lottery::Book(db::Connection& connection, const api::Call& call, Round& round) {
  std::vector<BookingStore::New> won;
  const auto book = [&]() -> absl::Status {
    if (won.empty()) return absl::OkStatus();
    const absl::Status booked = stores_.bookings.CreateAll(connection, won);
    won.clear();
    // A quota went meanwhile: draw by what is left of it.
    const bool unfit =
        absl::IsResourceExhausted(booked) || db::FailureOf(booked) == db::Failure::kCheck;
    return unfit ? db::RetryTransaction() : booked;
  };
  for (size_t entry = 0; entry < round.entries.size(); ++entry) {
    if (round.requests[round.request_of[entry]].state() != Request::STATE_WON) continue;
    won.push_back({call, round.supply, round.slots[entry], round.bookings[entry]});
    if (won.size() == kTogether) {
      JH_RETURN_IF_ERROR(book());
    }
  }
  return book();
}

}  // namespace jinhuan::resource
