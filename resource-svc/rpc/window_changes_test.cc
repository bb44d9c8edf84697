// Windows that change and end while people book: nothing is oversold, nobody is left with
// a booking of what is gone, and what is taken back is given back once.
#include <atomic>

#include "resource-svc/rpc/service_fixture.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using Stub = v1::FacilityService::Stub;

const db::Query kUsed("SELECT COALESCE(SUM(used), 0) FROM slot", "");
const db::Query kLiveBookings("SELECT COUNT(*) FROM booking WHERE state = 1", "");
const db::Query kRecalledBookings("SELECT COUNT(*) FROM booking WHERE state = 11", "");
const db::Query kQuotasUsed("SELECT COALESCE(SUM(used), 0) FROM quota_use", "");
const db::Query kOverfull("SELECT COUNT(*) FROM slot WHERE used > capacity", "");

// Another process on the same database, which remembers windows as they were: the clock
// stands still, so it reads one anew only when the database tells it that it changed.
class OtherProcess {
 public:
  OtherProcess(const rpc::Runtime& runtime, db::Pool& pool, IdSource& ids)
      : journal_(pool, ids),
        windows_(journal_),
        pass_store_(journal_),
        facilities_(journal_),
        ledger_(journal_, ids),
        bookings_(journal_, slots_, quotas_, ledger_),
        closures_(journal_),
        availability_(pool, facilities_, windows_, slots_, closures_),
        waitlist_(pool, windows_, bookings_, quotas_, members_, ids),
        passes_({pool, ids, facilities_, windows_, slots_, bookings_, pass_store_, waitlist_}),
        occupancy_({pool, journal_, facilities_, windows_, slots_, runtime.clock}),
        service_(runtime, {pool, facilities_, windows_, slots_, bookings_, members_}, availability_,
                 waitlist_, passes_, occupancy_, key_) {
    grpc::ServerBuilder builder;
    server_ = builder.RegisterService(&service_).BuildAndStart();
    stub_ = v1::BookingService::NewStub(server_->InProcessChannel({}));
  }

  v1::BookingService::Stub& stub() { return *stub_; }

 private:
  journal::Journal journal_;
  WindowStore windows_;
  PassStore pass_store_;
  FacilityStore facilities_;
  SlotStore slots_;
  QuotaStore quotas_;
  LedgerStore ledger_;
  BookingStore bookings_;
  ClosureStore closures_;
  MemberStore members_;
  Availability availability_;
  Waitlist waitlist_;
  Passes passes_;
  OccupancyWatch occupancy_;
  CheckInKey key_ = CheckInKey::Random();
  BookingService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::BookingService::Stub> stub_;
};

class WindowChangesTest : public ServiceTest {
 protected:
  // Books in this process or, for an odd number, in the other.
  absl::StatusOr<v1::Booking> BookIn(int process, const auth::v1::Caller& caller,
                                     const v1::CreateBookingRequest& request) {
    return Call(process % 2 == 0 ? *booking_stub_ : other_.stub(),
                &v1::BookingService::Stub::CreateBooking, caller, request);
  }

  absl::StatusOr<v1::Window> Update(const auth::v1::Caller& caller, const v1::Window& window,
                                    std::initializer_list<const char*> paths,
                                    bool validate_only = false) {
    v1::UpdateWindowRequest request;
    *request.mutable_window() = window;
    for (const char* path : paths) request.mutable_update_mask()->add_paths(path);
    request.set_validate_only(validate_only);
    return Call(*facility_stub_, &Stub::UpdateWindow, caller, request);
  }

  v1::Booking Read(const std::string& name) {
    v1::GetBookingRequest request;
    request.set_name(name);
    return *Call(*booking_stub_, &v1::BookingService::Stub::GetBooking, Street(), request);
  }

  v1::Window ReadWindow(const v1::Window& window) {
    v1::ListWindowsRequest request;
    request.set_parent(ParentOf(window.name()));
    const auto list = Call(*facility_stub_, &Stub::ListWindows, Street(), request);
    for (const v1::Window& one : list->windows()) {
      if (one.name() == window.name()) return one;
    }
    return {};
  }

  static void LimitPerDay(v1::Window& window, int limit) {
    v1::Quota& quota = *window.add_quotas();
    quota.set_subject(v1::QUOTA_SUBJECT_PERSON);
    quota.set_period(v1::QUOTA_PERIOD_DAY);
    quota.set_limit(limit);
  }

  OtherProcess other_{runtime_, database_.pool(), ids_};
};

TEST_F(WindowChangesTest, WhatIsSaidOfAWindowChangesAtOnce) {
  v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(5));
  EXPECT_EQ(window.etag(), "1");
  EXPECT_EQ(window.state(), v1::Window::STATE_OPEN);
  ASSERT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9))).ok());
  window.set_price_fen(700);
  window.set_display_name("新价格");
  const auto changed = Update(Liaison("m1"), window, {"price_fen", "display_name"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->etag(), "2");
  EXPECT_FALSE(changed->has_touched());
  EXPECT_EQ(ReadWindow(window).SerializeAsString(), changed->SerializeAsString());
  EXPECT_EQ(Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)))->price_fen(), 700);
  EXPECT_EQ(ReasonOf(Update(Street(), window, {"price_fen"}).status()), "ETAG_STALE");
  window.clear_etag();
  EXPECT_EQ(ReasonOf(Update(Liaison("m2"), window, {"price_fen"}).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Update(Street(), window, {"open_minute"}).status()), "MASK_PATH_INVALID");
  window.set_capacity(0);
  EXPECT_EQ(ReasonOf(Update(Street(), window, {"capacity"}).status()), "FIELD_REQUIRED");
  window.set_name(window.name() + "x");
  EXPECT_EQ(ReasonOf(Update(Street(), window, {"price_fen"}).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(WindowChangesTest, ACutSaysWhomItTouchesAndTakesBackWhoCameLast) {
  v1::Window daily = Daily(3);
  LimitPerDay(daily, 5);
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  std::vector<std::string> names;
  for (const char* unit : {"m1", "m2", "m3"}) {
    clock_.Advance(absl::Milliseconds(2));
    names.push_back(Book(Staff(unit, unit), Booking(window.name(), At(24, 9), 2))->name());
  }
  v1::Window cut = window;
  cut.set_capacity(1);
  const auto preview = Update(Street(), cut, {"capacity"}, true);
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_EQ(preview->touched().count(), 2);
  EXPECT_EQ(preview->touched().units(), 2);
  EXPECT_THAT(preview->touched().bookings(), ::testing::UnorderedElementsAre(names[1], names[2]));
  EXPECT_EQ(ReadWindow(window).capacity(), 3);  // nothing happened

  const auto refused = Resize(window, 1);
  EXPECT_EQ(ReasonOf(refused.status()), "BOOKINGS_TOUCHED");
  EXPECT_THAT(refused.status().message(), ::testing::HasSubstr("2 bookings of 2 units"));
  EXPECT_EQ(Number(kUsed), 6);
  const auto done = Resize(window, 1, true);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->touched().count(), 2);
  EXPECT_EQ(Read(names[0]).state(), v1::Booking::STATE_CONFIRMED);
  for (const std::string& name : {names[1], names[2]}) {
    EXPECT_EQ(Read(name).state(), v1::Booking::STATE_RECALLED);
    EXPECT_EQ(Read(name).cancel_reason(), "车位改造");
  }
  EXPECT_EQ(Number(kUsed), 2);
  EXPECT_EQ(Number(kQuotasUsed), 1);
  EXPECT_EQ(ReasonOf(Book(Staff("t", "m1"), Booking(window.name(), At(24, 9))).status()),
            "SLOT_FULL");
  // What was not counted yet goes by the new number too.
  EXPECT_TRUE(Book(Staff("t", "m1"), Booking(window.name(), At(25, 9))).ok());
  EXPECT_EQ(ReasonOf(Book(Staff("t", "m1"), Booking(window.name(), At(25, 9))).status()),
            "SLOT_FULL");
  ASSERT_TRUE(Resize(window, 2).ok());
  EXPECT_TRUE(Book(Staff("t", "m1"), Booking(window.name(), At(24, 9))).ok());
}

TEST_F(WindowChangesTest, WhatIsClosedStaysClosed) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  ASSERT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 8))).ok());  // counted
  const auto closing = Closing(ParentOf(window.name()), At(24, 9), At(24, 12), true);
  ASSERT_TRUE(Close(closing).ok());
  const auto reason = [&](int hour) {
    return ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(24, hour))).status());
  };
  EXPECT_EQ(reason(9), "WINDOW_CLOSED");
  ASSERT_TRUE(Resize(window, 4).ok());
  EXPECT_EQ(reason(9), "WINDOW_CLOSED");
  ASSERT_TRUE(End(window, 28).ok());
  EXPECT_EQ(reason(11), "WINDOW_CLOSED");
  EXPECT_EQ(reason(12), "");
}

TEST_F(WindowChangesTest, OfAFacilityThatIsRetiredNothingOpensAgain) {
  const v1::Window open = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  v1::Window past = ReadWindow(open);
  past.mutable_end_date()->set_year(2026);
  past.mutable_end_date()->set_month(11);
  past.mutable_end_date()->set_day(24);
  ASSERT_TRUE(Update(Street(), past, {"end_date"}).ok());
  clock_.Advance(absl::Hours(72));
  v1::RetireFacilityRequest request;
  request.set_name(ParentOf(open.name()));
  request.set_reason("租约到期");
  ASSERT_TRUE(Call(*facility_stub_, &Stub::RetireFacility, Street(), request).ok());
  past.clear_etag();
  past.mutable_end_date()->set_year(2027);
  EXPECT_EQ(ReasonOf(Update(Street(), past, {"end_date"}).status()), "STATE_WRONG");
}

TEST_F(WindowChangesTest, ARecallNeedsAReason) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1));
  v1::EndWindowRequest request;
  request.set_name(window.name());
  request.set_recall(true);
  *request.mutable_last_date() = window.start_date();
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::EndWindow, Street(), request).status()),
            "FIELD_REQUIRED");
}

TEST_F(WindowChangesTest, AWindowThatEndsStrandsNobody) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const auto kept = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
  const auto lost = Book(Staff("s", "m1"), Booking(window.name(), At(25, 9)));
  EXPECT_EQ(ReasonOf(End(window, 21).status()), "FIELD_INVALID");  // the 23rd is today
  EXPECT_EQ(End(window, 24, false, true)->touched().count(), 1);
  EXPECT_EQ(ReasonOf(End(window, 24).status()), "BOOKINGS_TOUCHED");
  const auto ended = End(window, 24, true);
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->state(), v1::Window::STATE_ENDED);
  EXPECT_THAT(ended->touched().bookings(), ElementsAre(lost->name()));
  EXPECT_EQ(Read(kept->name()).state(), v1::Booking::STATE_CONFIRMED);
  EXPECT_EQ(Read(lost->name()).state(), v1::Booking::STATE_RECALLED);
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m1"), Booking(window.name(), At(25, 9))).status()),
            "WINDOW_CLOSED");
  EXPECT_TRUE(Book(Staff("s", "m1"), Booking(window.name(), At(24, 10))).ok());
  EXPECT_EQ(ReasonOf(End(window, 24).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Resize(window, 9).status()), "STATE_WRONG");
  // Its days are free for another one.
  v1::Window next = Daily(2);
  next.mutable_start_date()->set_day(25);
  EXPECT_TRUE(Open(Street(), ParentOf(window.name()), next).ok());
  EXPECT_EQ(Number(kUsed), 2);
}

TEST_F(WindowChangesTest, AnEndThatMovesIsCheckedAgainstTheOthers) {
  v1::Window first = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  *first.mutable_end_date() = first.start_date();
  first.mutable_end_date()->set_day(25);
  first.clear_etag();
  ASSERT_TRUE(Update(Street(), first, {"end_date"}).ok());
  v1::Window next = Daily(2);
  next.mutable_start_date()->set_day(26);
  ASSERT_TRUE(Open(Street(), ParentOf(first.name()), next).ok());
  first.clear_end_date();
  EXPECT_EQ(ReasonOf(Update(Street(), first, {"end_date"}).status()), "WINDOW_OVERLAPS");
}

// What another process remembers does not count: not for a slot that nobody has counted
// yet, nor for one that is counted.
TEST_F(WindowChangesTest, WhoRemembersAWindowAsItWasBooksNothingThatIsGone) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));
  const auto request = Booking(window.name(), At(25, 9));
  ASSERT_TRUE(BookIn(1, Staff("s", "m1"), Booking(window.name(), At(24, 9))).ok());
  ASSERT_TRUE(BookIn(1, Staff("s", "m1"), request).ok());
  ASSERT_TRUE(Resize(window, 1).ok());
  EXPECT_EQ(ReasonOf(BookIn(1, Staff("s", "m1"), request).status()), "SLOT_FULL");
  ASSERT_TRUE(BookIn(1, Staff("s", "m1"), Booking(window.name(), At(26, 9))).ok());
  EXPECT_EQ(ReasonOf(BookIn(1, Staff("s", "m1"), Booking(window.name(), At(26, 9))).status()),
            "SLOT_FULL");
  ASSERT_TRUE(End(window, 24, true).ok());
  for (const int day : {25, 26, 27}) {
    EXPECT_EQ(ReasonOf(BookIn(1, Staff("s", "m1"), Booking(window.name(), At(day, 10))).status()),
              "WINDOW_CLOSED");
  }
}

TEST_F(WindowChangesTest, AQuotaThatChangesGivesBackWhatWasTaken) {
  v1::Window daily = Daily(30);
  LimitPerDay(daily, 2);
  v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, daily);
  const auto before = Book(Staff("s", "m1"), Booking(window.name(), At(24, 9)));
  window.clear_etag();
  window.mutable_quotas(0)->set_period(v1::QUOTA_PERIOD_MONTH);
  ASSERT_TRUE(Update(Street(), window, {"quotas"}).ok());
  const auto after = Book(Staff("s", "m1"), Booking(window.name(), At(24, 10)));
  EXPECT_EQ(Number(kQuotasUsed), 2);
  ASSERT_TRUE(Cancel(Staff("s", "m1"), before->name()).ok());
  ASSERT_TRUE(Cancel(Staff("s", "m1"), after->name()).ok());
  EXPECT_EQ(Number(kQuotasUsed), 0);
}

// 32 people book while the places go from 20 to 5 and back to 12, with and without recall.
TEST_F(WindowChangesTest, ACutUnderLoadNeverOversells) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(20));
  std::atomic<bool> done = false;
  std::atomic<int> booked = 0;
  std::atomic<int> answered = 0;
  std::thread changer([&] {
    for (const int places : {15, 8, 5, 9, 12}) {
      Await(answered, answered + 200);
      const auto changed = Resize(window, places, true);
      EXPECT_TRUE(changed.ok()) << changed.status();
      EXPECT_EQ(Number(kOverfull), 0);
    }
    done = true;
  });
  OnThreads(32, [&](int i) {
    const auth::v1::Caller caller = Staff(fmt::format("s{}", i), fmt::format("m{}", i % 5));
    for (int k = 0; !done; ++k) {
      const auto booking =
          BookIn(i, caller, Booking(window.name(), At(24 + k % 2, 9 + (i + k) % 3), 1 + k % 2));
      booked += booking.ok();
      Count(answered);
      EXPECT_TRUE(booking.ok() || ReasonOf(booking.status()) == "SLOT_FULL") << booking.status();
      if (booking.ok() && k % 4 == 0) {
        const auto cancelled = Cancel(caller, booking->name());
        EXPECT_TRUE(cancelled.ok() || ReasonOf(cancelled.status()) == "STATE_WRONG")
            << cancelled.status();
      }
    }
  });
  changer.join();
  EXPECT_GT(booked, 60);
  EXPECT_GT(Number(kRecalledBookings), 20);
  static const db::Query wrong(
      "SELECT COUNT(*) FROM slot AS s WHERE s.used <> (SELECT COUNT(*) FROM booking AS b WHERE "
      "b.window_id = s.window_id AND b.state = 1 AND b.start_time <= s.start_time AND b.end_time > "
      "s.start_time) OR s.capacity <> 12",
      "");
  EXPECT_EQ(Number(wrong), 0);
}

// Ended while 32 people book: whoever holds a booking afterwards holds it before the end.
TEST_F(WindowChangesTest, AnEndUnderLoadStrandsNobody) {
  for (int round = 0; round < 4; ++round) {
    const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(1000));
    std::atomic<bool> ended = false;
    std::atomic<int> answered = 0;
    std::thread ender([&] {
      Await(answered, 64 * round);
      const auto done = End(window, 24, true);
      EXPECT_TRUE(done.ok()) << done.status();
      ended = true;
    });
    OnThreads(32, [&](int i) {
      for (int k = 0; k < 12 || !ended; ++k) {
        const auto booking = BookIn(i, Staff(fmt::format("s{}", i), "m1"),
                                    Booking(window.name(), At(24 + k % 4, 9 + i % 8)));
        Count(answered);
        EXPECT_TRUE(booking.ok() || ReasonOf(booking.status()) == "WINDOW_CLOSED")
            << booking.status();
      }
    });
    ender.join();
  }
  static const db::Query stranded(
      "SELECT COUNT(*) FROM booking WHERE state = 1 AND start_time >= '2026-11-24 16:00:00'", "");
  static const db::Query open(
      "SELECT COUNT(*) FROM slot WHERE start_time >= '2026-11-24 16:00:00' AND (used > 0 OR "
      "capacity > 0)",
      "");
  EXPECT_EQ(Number(stranded), 0);
  EXPECT_EQ(Number(open), 0);
  EXPECT_GT(Number(kLiveBookings), 20);
  EXPECT_EQ(Number(kUsed), Number(kLiveBookings));
}

}  // namespace
}  // namespace jinhuan::resource
