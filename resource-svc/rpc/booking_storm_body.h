// What BookingStorm does; included by the two programs that run it.
#pragma once

#include "resource-svc/rpc/booking_storm.h"

namespace jinhuan::resource {

inline BookingStorm::BookingStorm() : checker_(OpenWindows(), kQuota) {
  clock_.Advance(At(24, 8) - clock_.Now());
}

// Small ones, so that much is full; some want approval, some a check-in, the last two open by
// lottery: in the afternoon, drawn late in the morning.
inline constexpr int kStormWindows = 8;
inline constexpr int kStormLots = 2;

inline bool ByLot(int window) { return window >= kStormWindows - kStormLots; }

inline std::map<std::string, int> BookingStorm::OpenWindows() {
  std::map<std::string, int> capacity;
  for (int i = 0; i < kStormWindows; ++i) {
    v1::Window daily = Daily(ByLot(i) ? 3 : 2 + i);
    if (ByLot(i)) {
      daily.set_open_minute((i == kStormWindows - 1 ? 10 : 12) * 60);
      daily.mutable_lottery()->set_close_minutes(60);
    }
    daily.set_approval_required(i % 3 == 0);
    daily.set_approval_minutes(20);
    daily.set_grace_minutes(i % 2 == 0 ? 15 : 0);
    v1::Quota& quota = *daily.add_quotas();
    quota.set_subject(v1::QUOTA_SUBJECT_PERSON);
    quota.set_period(v1::QUOTA_PERIOD_DAY);
    quota.set_limit(kQuota);
    opened_.push_back(OpenNew(v1::FACILITY_KIND_VENUE, daily));
    const std::string& name = opened_.back().name();
    capacity[name.substr(name.rfind('/') + 1)] = daily.capacity();
  }
  return capacity;
}

inline StormSnapshot BookingStorm::Snapshot() {
  static const db::Query bookings("SELECT state, body FROM booking", "");
  static const db::Query slots("SELECT window_id, start_time, used, waiting FROM slot", "");
  static const db::Query quotas("SELECT window_id, subject, period, used FROM quota_use", "");
  StormSnapshot snapshot;
  const absl::Status read =
      db::Read(database_.pool(), absl::Now() + absl::Seconds(30), [&](db::Connection& c) {
        snapshot = {};
        EXPECT_TRUE(c.Run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").ok());
        EXPECT_TRUE(c.Run("START TRANSACTION WITH CONSISTENT SNAPSHOT").ok());
        EXPECT_TRUE(c.Select(bookings, {}, [&](const db::Row& row) {
                       row.Parse(1, snapshot.bookings.emplace_back());
                       snapshot.bookings.back().set_state(
                           static_cast<v1::Booking::State>(row.Int(0)));
                     }).ok());
        EXPECT_TRUE(c.Select(slots, {}, [&](const db::Row& row) {
                       snapshot.slots[{row.Text(0), row.Time(1)}] = {static_cast<int>(row.Int(2)),
                                                                     static_cast<int>(row.Int(3))};
                     }).ok());
        EXPECT_TRUE(c.Select(quotas, {}, [&](const db::Row& row) {
                       snapshot.quotas[row.Text(0) + " " + row.Text(1) + " " + row.Text(2)] =
                           static_cast<int>(row.Int(3));
                     }).ok());
        return c.Run("COMMIT");
      });
  EXPECT_TRUE(read.ok()) << read;
  snapshot.now = clock_.Now();
  return snapshot;
}

inline void BookingStorm::ReplayJournal() {
  for (int failed = 0;;) {
    const auto sealed = journal_.SealOnce();
    if (sealed.ok() && *sealed == 0) break;
    ASSERT_TRUE(sealed.ok() || ++failed < 20) << sealed.status();
  }
  for (int64_t number = 1;;) {
    const auto entries = journal_.ReadFrom(number, 1000, {"", ""}, absl::Now() + absl::Seconds(30));
    ASSERT_TRUE(entries.ok()) << entries.status();
    if (entries->empty()) return;
    number = entries->back().number() + 1;
    for (const journal::v1::Entry& entry : *entries) {
      v1::Booking before;
      v1::Booking after;
      v1::Draw draw;
      if (entry.after().UnpackTo(&draw)) checker_.Replay(draw);
      if (!entry.after().UnpackTo(&after)) continue;
      const bool had = entry.has_before() && entry.before().UnpackTo(&before);
      checker_.Replay(had ? &before : nullptr, after);
    }
  }
}

inline void BookingStorm::UseProcess(const std::shared_ptr<grpc::Channel>& channel,
                                     std::function<void(absl::Time)> tell) {
  far_stub_ = v1::BookingService::NewStub(channel);
  far_lottery_stub_ = v1::LotteryService::NewStub(channel);
  tell_ = std::move(tell);
  tell_(clock_.Now());
}

inline BookingStorm::Stub& BookingStorm::StubOf(int instance, const Stub*) {
  if (instance == 0) return *booking_stub_;
  return far_stub_ != nullptr ? *far_stub_ : *other_.stub;
}

inline BookingStorm::LotteryStub& BookingStorm::StubOf(int instance, const LotteryStub*) {
  if (instance == 0) return *lottery_stub_;
  return far_lottery_stub_ != nullptr ? *far_lottery_stub_ : *other_.lottery_stub;
}

inline v1::FacilityService::Stub& BookingStorm::StubOf(int, const v1::FacilityService::Stub*) {
  return *facility_stub_;
}

template <class AStub, class Request, class Response>
absl::StatusOr<Response> BookingStorm::Ask(grpc::Status (AStub::*method)(grpc::ClientContext*,
                                                                         const Request&, Response*),
                                           int instance, const auth::v1::Caller& caller,
                                           const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  // The clock runs fast here; the token must not end on the way.
  context.AddMetadata(rpc::kCallerMetadata,
                      signer_->Sign(caller, "jinhuan.resource.v1", clock_.Now() + absl::Hours(8)));
  Response response;
  AStub& stub = StubOf(instance, static_cast<const AStub*>(nullptr));
  const absl::Status status = rpc::FromGrpc((stub.*method)(&context, request, &response));
  absl::MutexLock lock(&mutex_);
  ++answers_[status.ok() ? "OK" : ReasonOf(status)];
  if (!status.ok()) return status;
  return response;
}

inline v1::CreateBookingRequest BookingStorm::SomeBooking(std::mt19937& random) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  absl::CivilHour hour = absl::ToCivilHour(clock_.Now(), zone) + pick(5);
  if (hour.hour() < 8) hour = absl::CivilHour(absl::CivilDay(hour)) + 8;
  if (hour.hour() > 16) hour = absl::CivilHour(absl::CivilDay(hour) + 1) + 8;
  auto request = Booking(opened_[static_cast<size_t>(pick(kStormWindows))].name(),
                         absl::FromCivil(hour, zone), 1 + pick(2));
  request.mutable_booking()->set_quantity(1 + pick(2));
  request.set_join_waitlist(pick(2) == 0);
  return request;
}

// For the opening of today that is not drawn yet, or of the next day.
inline v1::SubmitLotteryRequestRequest BookingStorm::SomeLot(std::mt19937& random,
                                                             absl::Time from) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const int window = kStormWindows - kStormLots + pick(kStormLots);
  const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  const absl::CivilHour now = absl::ToCivilHour(from, zone);
  const absl::CivilDay day = absl::CivilDay(now) + (now.hour() >= 8 + pick(3) ? 1 : 0);
  const auto wish =
      Booking(opened_[static_cast<size_t>(window)].name(),
              absl::FromCivil(absl::CivilHour(day) + 12 + pick(3), zone), 1 + pick(2));
  v1::SubmitLotteryRequestRequest request;
  request.set_parent("alliances/a");
  *request.mutable_booking() = wish.booking();
  request.mutable_booking()->set_quantity(1 + pick(2));
  if (pick(2) == 0) request.add_needs(v1::LOTTERY_NEED_SHIFT_WORK);
  return request;
}

// A recall, and open again.
inline void BookingStorm::CloseForAWhile(std::mt19937& random) {
  const std::string window = opened_[random() % opened_.size()].name();
  const absl::Time from = clock_.Now() + absl::Minutes(random() % 300);
  const auto closing = Closing(window.substr(0, window.find("/windows")), from,
                               from + absl::Minutes(40), /*emergency=*/true);
  const auto closed = Ask(&v1::FacilityService::Stub::CreateClosure, 0, Street(), closing);
  if (!closed.ok()) return;
  v1::CancelClosureRequest lift;
  lift.set_name(closed->name());
  (void)Ask(&v1::FacilityService::Stub::CancelClosure, 0, Street(), lift);
}

inline void BookingStorm::DrawSome() {
  std::mt19937 random(1);
  for (int i = 0; i < 24; ++i) {
    (void)Ask(&LotteryStub::SubmitLotteryRequest, i % 2, Staff(fmt::format("d{}", i), "m2"),
              SomeLot(random, clock_.Now()));
  }
  clock_.Advance(absl::Hours(30));
  for (int i = 0; i < 2; ++i) {
    const auto kept = lottery_.Keep(clock_.Now());
    EXPECT_TRUE(kept.ok()) << kept.status();
  }
}

inline void BookingStorm::CheckDraws() {
  static const db::Query draws("SELECT body FROM lottery_draw WHERE state = 2", "");
  // Also of what was withdrawn or, where a rule was broken, never drawn.
  static const db::Query requests(
      "SELECT body FROM lottery_request WHERE window_id = ? AND day = ? AND state <> 4", "");
  const absl::Status read =
      db::Read(database_.pool(), absl::Now() + absl::Seconds(60), [&](db::Connection& c) {
        std::vector<v1::Draw> drawn;
        EXPECT_TRUE(c.Select(draws, {}, [&](const db::Row& row) {
                       row.Parse(0, drawn.emplace_back());
                     }).ok());
        for (const v1::Draw& draw : drawn) {
          const DrawName name(draw.name());
          std::vector<v1::LotteryRequest> asked;
          EXPECT_TRUE(c.Select(requests, {name.window, name.day}, [&](const db::Row& row) {
                         row.Parse(0, asked.emplace_back());
                       }).ok());
          checker_.CheckDraw(draw, asked);
        }
        return absl::OkStatus();
      });
  EXPECT_TRUE(read.ok()) << read;
}

inline void BookingStorm::Client(int client, std::atomic<int>& left) {
  std::mt19937 random(static_cast<unsigned>(client));
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auth::v1::Caller self = Staff(fmt::format("s{}", client), fmt::format("m{}", client % 5));
  const auth::v1::Caller lender = Liaison("m1");
  std::vector<std::string> mine;
  std::string lot;
  const auto some = [&](auto request) {
    request.set_name(mine[static_cast<size_t>(pick(static_cast<int>(mine.size())))]);
    return request;
  };
  while (left-- > 0) {
    const int instance = pick(2);
    const int what = mine.empty() ? pick(2) * 10 : pick(13);
    if (what >= 10 && what < 12) {
      const auto asked =
          Ask(&LotteryStub::SubmitLotteryRequest, instance, self, SomeLot(random, clock_.Now()));
      if (asked.ok()) lot = asked->name();
    } else if (what == 12) {
      if (!lot.empty() && pick(2) == 0) {
        v1::WithdrawLotteryRequestRequest withdraw;
        withdraw.set_name(lot);
        (void)Ask(&LotteryStub::WithdrawLotteryRequest, instance, self, withdraw);
      } else if (pick(8) == 0) {
        CloseForAWhile(random);
      }
    } else if (what < 4) {
      auto request = SomeBooking(random);
      request.set_request_id(fmt::format("{}-{}", client, left.load()));
      const auto booked = Ask(&Stub::CreateBooking, instance, self, request);
      if (!booked.ok()) continue;
      mine.push_back(booked->name());
      if (mine.size() > 8) mine.erase(mine.begin());
      if (booked->state() != v1::Booking::STATE_PENDING) continue;
      absl::MutexLock lock(&mutex_);
      pending_.push_back(booked->name());
    } else if (what == 4) {
      (void)Ask(&Stub::CancelBooking, instance, self, some(v1::CancelBookingRequest()));
    } else if (what == 5 || what == 6) {
      (void)Ask(&Stub::AcceptOffer, instance, self, some(v1::AcceptOfferRequest()));
    } else if (what == 7) {
      std::string name;
      {
        absl::MutexLock lock(&mutex_);
        if (pending_.empty()) continue;
        name = pending_[static_cast<size_t>(pick(static_cast<int>(pending_.size())))];
        if (pending_.size() > 50) pending_.erase(pending_.begin());
      }
      v1::ApproveBookingRequest approve;
      approve.set_name(name);
      v1::RejectBookingRequest reject;
      reject.set_name(name);
      reject.set_reason("当日有活动");
      if (pick(3) == 0) {
        (void)Ask(&Stub::RejectBooking, instance, lender, reject);
      } else {
        (void)Ask(&Stub::ApproveBooking, instance, lender, approve);
      }
    } else if (what == 8) {
      (void)Ask(&Stub::CheckIn, instance, lender, some(v1::CheckInRequest()));
    } else {
      (void)Ask(&Stub::CheckOut, instance, self, some(v1::CheckOutRequest()));
    }
  }
}

inline void BookingStorm::Fill() {
  static std::atomic<int> people = 0;
  OnThreads(8, [&](int) {
    for (int i = 0; i < 12; ++i) {
      const auth::v1::Caller self = Staff(fmt::format("f{}", ++people), "m2");
      for (int window = 0; window < 2; ++window) {
        auto request = Booking(opened_[static_cast<size_t>(window)].name(), At(24, 10 + window));
        request.set_join_waitlist(i % 3 == 0);
        (void)Ask(&Stub::CreateBooking, window, self, request);
      }
    }
  });
}

inline void BookingStorm::Run(int clients, int operations) {
  std::atomic<int> left = operations;
  std::atomic<bool> over = false;
  const auto until_over = [&](absl::Duration pause, auto&& body) {
    return std::thread([&over, pause, body] {
      while (!over) {
        body();
        absl::SleepFor(pause);
      }
    });
  };
  std::vector<std::thread> beside;
  beside.push_back(until_over(absl::Milliseconds(50), [this] {
    clock_.Advance(absl::Minutes(1));
    tell_(clock_.Now());
  }));
  for (const BookingKeeper::Deps* keeper : {&keeper_, &other_.keeper}) {
    if (far_stub_ != nullptr && keeper == &other_.keeper) continue;  // the process has its own
    beside.push_back(until_over(absl::Milliseconds(40), [this, keeper] {
      (void)BookingKeeper::Keep(*keeper, clock_.Now());
    }));
  }
  beside.push_back(until_over(absl::Milliseconds(500), [this] { checker_.Check(Snapshot()); }));
  OnThreads(clients, [&](int client) { Client(client, left); });
  over = true;
  for (std::thread& thread : beside) thread.join();
  clock_.Advance(absl::Hours(72));
  tell_(clock_.Now());
  for (int i = 0; i < 3; ++i) {
    const auto kept = BookingKeeper::Keep(keeper_, clock_.Now());
    EXPECT_TRUE(kept.ok()) << kept.status();
  }
  ReplayJournal();
  const StormSnapshot end = Snapshot();
  checker_.CheckEnd(end);
  CheckDraws();
  for (const v1::Booking& booking : end.bookings) {
    EXPECT_TRUE(IsOver(booking.state())) << booking.ShortDebugString();
  }
}

}  // namespace jinhuan::resource
