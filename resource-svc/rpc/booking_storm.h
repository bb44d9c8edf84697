// A storm of bookings and the check of what came of it: many clients book, cancel, wait in line,
// accept, approve, refuse, check in and out, ask in lotteries, and places close and recall, all at
// once, through two instances of the service on one database, while the clock runs and two keepers
// record it and draw. The second instance may be another process (StormProcess). For the tests of
// this room and for the long run (tests/load/booking/run).
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "platform/status/state_wrong.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/rpc/lottery_replay.h"
#include "resource-svc/rpc/service_fixture.h"
#include "resource-svc/storage/lottery_names.h"

namespace jinhuan::resource {

// What is stored at one moment: one consistent snapshot of the tables.
struct StormSnapshot {
  absl::Time now;                                   // after it was taken
  using Slot = std::pair<std::string, absl::Time>;  // window's id, start
  struct Counts {
    int used = 0;
    int waiting = 0;
  };
  std::vector<v1::Booking> bookings;
  std::map<Slot, Counts> slots;
  std::map<std::string, int> quotas;  // "window's id, subject, period"
};

// Says what is wrong, from what the rules say of a booking and nothing of the code that keeps
// them: it recounts. Slots are of an hour; quotas are one for each person and day.
class StormChecker {
 public:
  StormChecker(std::map<std::string, int> capacity, int quota)
      : capacity_(std::move(capacity)), quota_(quota) {}

  // No slot holds more than its window's capacity, no person more than the quota, every count is
  // what the bookings make it, and a slot that someone waits for says so.
  void Check(const StormSnapshot& snapshot) {
    std::map<StormSnapshot::Slot, StormSnapshot::Counts> slots;
    std::map<std::string, int> quotas;
    for (const v1::Booking& booking : snapshot.bookings) {
      const std::string window = booking.window().substr(booking.window().rfind('/') + 1);
      // Who waits past the start waits for the clock to end it.
      const bool waits = booking.state() == v1::Booking::STATE_WAITLISTED &&
                         api::FromProto(booking.start_time()) > snapshot.now;
      for (const absl::Time slot : SlotsOf(booking)) {
        if (waits) ++slots[{window, slot}].waiting;
        if (HoldsPlaces(booking.state())) slots[{window, slot}].used += booking.quantity();
      }
      if (HoldsQuota(booking.state())) {
        const absl::CivilDay day =
            absl::ToCivilDay(api::FromProto(booking.start_time()), absl::FixedTimeZone(8 * 3600));
        ++quotas[fmt::format("{} person:{} day:{}", window, booking.user(),
                             absl::FormatCivilTime(day))];
      }
    }
    for (const auto& [slot, counts] : slots) {
      const auto stored = snapshot.slots.find(slot);
      if (counts.used > capacity_[slot.first]) Fault("oversold", slot);
      if (stored == snapshot.slots.end()) {
        Fault("not counted", slot);
      } else if (stored->second.waiting < counts.waiting) {
        Fault("open though someone waits", slot);
      }
    }
    for (const auto& [slot, counts] : snapshot.slots) {
      if (counts.used != slots[slot].used) Fault("counts what is not booked", slot);
    }
    for (const auto& [quota, used] : quotas) {
      if (used > quota_) faults_.push_back(quota + ": exceeded");
    }
    for (const auto& [quota, used] : snapshot.quotas) {
      if (used != quotas[quota]) faults_.push_back(quota + ": counts what is not booked");
    }
    ++checked_;
  }

  // The journal, in its order: every booking begins once and goes on from what it was last, by
  // the table of its life.
  void Replay(const v1::Booking* before, const v1::Booking& after) {
    const auto known = bookings_.find(after.name());
    const bool fresh = known == bookings_.end();
    if (fresh != (before == nullptr)) {
      faults_.push_back(after.name() + ": begins twice, or never");
    } else if (!fresh && known->second != before->SerializeAsString()) {
      faults_.push_back(after.name() + ": goes on from what it was not");
    } else if (!fresh && !MayMove(before->state(), after.state())) {
      faults_.push_back(after.name() + ": makes a step that is none");
    }
    bookings_[after.name()] = after.SerializeAsString();
    ++steps_[std::string(StateName(after.state()))];
  }

  // The journal's word on a draw: it is drawn once.
  void Replay(const v1::Draw& after) {
    if (after.state() != v1::Draw::STATE_DRAWN) return;
    if (++drawn_[after.name()] > 1) faults_.push_back(after.name() + ": drawn twice");
  }

  // A draw that was made, with what was asked for in it: it can be repeated from what is
  // published, and who won has its booking, and nobody else's.
  void CheckDraw(const v1::Draw& draw, const std::vector<v1::LotteryRequest>& requests) {
    const std::vector<std::string> faults = jinhuan::resource::Replay(draw, requests);
    faults_.insert(faults_.end(), faults.begin(), faults.end());
    for (const v1::LotteryRequest& request : requests) {
      const auto booking = bookings_.find(request.booking());
      const bool won = request.state() == v1::LotteryRequest::STATE_WON;
      v1::Booking kept;
      if (won && booking != bookings_.end()) kept.ParseFromString(booking->second);
      if (won != (kept.user() == request.user() && kept.window() == request.window())) {
        faults_.push_back(request.name() + ": won without its booking");
      }
      if (request.state() == v1::LotteryRequest::STATE_SEALED) {
        faults_.push_back(request.name() + ": taken, and not drawn");
      }
    }
  }

  // The journal tells the whole of what is stored.
  void CheckEnd(const StormSnapshot& snapshot) {
    Check(snapshot);
    if (snapshot.bookings.size() != bookings_.size()) faults_.push_back("bookings without entry");
    for (const v1::Booking& booking : snapshot.bookings) {
      if (bookings_[booking.name()] != booking.SerializeAsString()) {
        faults_.push_back(booking.name() + ": is not what the journal says");
      }
    }
  }

  const std::vector<std::string>& faults() const { return faults_; }
  int checked() const { return checked_; }
  // How many steps led to each state.
  const std::map<std::string, int>& steps() const { return steps_; }
  int draws() const { return static_cast<int>(drawn_.size()); }

 private:
  // Who left early keeps the slots that had begun.
  static std::vector<absl::Time> SlotsOf(const v1::Booking& booking) {
    absl::Time end = api::FromProto(booking.end_time());
    if (booking.has_check_out_time()) {
      end = std::min(end, api::FromProto(booking.check_out_time()));
    }
    std::vector<absl::Time> slots;
    for (absl::Time slot = api::FromProto(booking.start_time()); slot < end;
         slot += absl::Hours(1)) {
      slots.push_back(slot);
    }
    return slots;
  }

  void Fault(const std::string& what, const StormSnapshot::Slot& slot) {
    faults_.push_back(fmt::format("{} {}: {}", slot.first, absl::FormatTime(slot.second), what));
  }

  std::map<std::string, int> capacity_;
  const int quota_;
  std::vector<std::string> faults_;
  int checked_ = 0;
  std::map<std::string, std::string> bookings_;
  std::map<std::string, int> steps_;
  std::map<std::string, int> drawn_;
};

// A second instance of the service, as another process would have it.
struct StormReplica {
  StormReplica(const rpc::Runtime& runtime, db::Pool& pool, journal::Journal& journal,
               const Clock& clock, const CheckInKey& key)
      : ids(Clock::System()),
        facilities(journal),
        windows(journal),
        ledger(journal, ids),
        bookings(journal, slots, quotas, ledger),
        closures(journal),
        availability(pool, facilities, windows, slots, closures),
        waitlist(pool, windows, bookings, quotas, members, ids),
        pass_store(journal),
        passes({pool, ids, facilities, windows, slots, bookings, pass_store, waitlist}),
        occupancy({pool, journal, facilities, windows, slots, clock}),
        service({runtime.clock, ids, runtime.verifier, runtime.admission, runtime.metrics},
                {pool, facilities, windows, slots, bookings, members}, availability, waitlist,
                passes, occupancy, key),
        lotteries(journal),
        lottery({pool, windows, slots, quotas, bookings, ledger, lotteries, members}, ids),
        lottery_service({runtime.clock, ids, runtime.verifier, runtime.admission, runtime.metrics},
                        pool, windows, lotteries, lottery),
        keeper{pool, windows, bookings, waitlist, lottery, ids, clock} {
    grpc::ServerBuilder builder;
    server = builder.RegisterService(&service).RegisterService(&lottery_service).BuildAndStart();
    lottery_stub = v1::LotteryService::NewStub(server->InProcessChannel({}));
    stub = v1::BookingService::NewStub(server->InProcessChannel({}));
  }

  RandomIdSource ids;
  FacilityStore facilities;
  WindowStore windows;
  SlotStore slots;
  QuotaStore quotas;
  LedgerStore ledger;
  BookingStore bookings;
  ClosureStore closures;
  MemberStore members;
  Availability availability;
  Waitlist waitlist;
  PassStore pass_store;
  Passes passes;
  OccupancyWatch occupancy;
  BookingService service;
  LotteryStore lotteries;
  Lottery lottery;
  LotteryService lottery_service;
  BookingKeeper::Deps keeper;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<v1::BookingService::Stub> stub;
  std::unique_ptr<v1::LotteryService::Stub> lottery_stub;
};

// The storm itself.
class BookingStorm : protected ServiceFixture {
 public:
  static constexpr int kQuota = 3;

  BookingStorm();

  // Sends to another process what would go to the second instance; it keeps the time that
  // `tell` is told, and a keeper of its own.
  void UseProcess(const std::shared_ptr<grpc::Channel>& channel,
                  std::function<void(absl::Time)> tell);
  const std::string& schema() { return database_.pool().options().schema; }

  // Runs `operations` calls by `clients` threads, checking snapshots beside; then lets the clock
  // end what is left, and checks the whole.
  void Run(int clients, int operations);

  // Books every slot of a day full, or as full as the service lets it be, with some who wait.
  void Fill();
  // Runs a statement on the tables, to break a rule on purpose.
  void Break(const std::string& sql) { Change(sql); }
  // Asks in a lottery for a while, and draws.
  void DrawSome();
  // Checks the draws against what the journal, once replayed, says.
  void ReplayJournal();
  void CheckDraws();
  void CheckNow() { checker_.Check(Snapshot()); }

  const StormChecker& checker() const { return checker_; }
  // How often each answer was given: OK, or a reason.
  std::map<std::string, int> answers() {
    absl::MutexLock lock(&mutex_);
    return answers_;
  }

 private:
  using Stub = v1::BookingService::Stub;
  using LotteryStub = v1::LotteryService::Stub;

  std::map<std::string, int> OpenWindows();
  StormSnapshot Snapshot();
  void Client(int client, std::atomic<int>& left);
  // Calls one of two stubs and counts the answer.
  template <class AStub, class Request, class Response>
  absl::StatusOr<Response> Ask(grpc::Status (AStub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                               int instance, const auth::v1::Caller& caller,
                               const Request& request);
  Stub& StubOf(int instance, const Stub*);
  LotteryStub& StubOf(int instance, const LotteryStub*);
  v1::FacilityService::Stub& StubOf(int instance, const v1::FacilityService::Stub*);
  v1::CreateBookingRequest SomeBooking(std::mt19937& random);
  v1::SubmitLotteryRequestRequest SomeLot(std::mt19937& random, absl::Time from);
  void CloseForAWhile(std::mt19937& random);

  std::vector<v1::Window> opened_;
  StormChecker checker_;
  StormReplica other_{runtime_, database_.pool(), journal_, clock_, check_in_key_};
  std::unique_ptr<Stub> far_stub_;  // of another process
  std::unique_ptr<LotteryStub> far_lottery_stub_;
  std::function<void(absl::Time)> tell_ = [](absl::Time) {};
  absl::Mutex mutex_;
  std::map<std::string, int> answers_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> pending_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::resource
