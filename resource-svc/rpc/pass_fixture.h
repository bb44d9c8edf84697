// What tests of passes start from: a car park by night, whose windows give passes.
#pragma once

#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {

class PassTest : public ServiceTest {
 protected:
  using Stub = v1::BookingService::Stub;

  // Every night from 18:00 to 8:00 in slots of two hours: 7 of them.
  static v1::Window Nights(int capacity, int places = 0) {
    v1::Window window = Daily(capacity);
    window.set_open_minute(18 * 60);
    window.set_close_minute(32 * 60);
    window.set_slot_minutes(120);
    window.mutable_passes()->set_max_days(31);
    window.mutable_passes()->set_day_price_fen(600);
    window.mutable_passes()->set_places(places);
    return window;
  }

  static v1::CreatePassRequest Wanted(const v1::Window& window, int first, int last,
                                      const std::string& plate = "沪A12345") {
    v1::CreatePassRequest request;
    request.set_parent("alliances/a");
    v1::Pass& pass = *request.mutable_pass();
    pass.add_windows(window.name());
    pass.set_plate(plate);
    for (const auto& [date, day] :
         {std::pair(pass.mutable_start_date(), first), std::pair(pass.mutable_end_date(), last)}) {
      date->set_year(2026);
      date->set_month(11);
      date->set_day(day);
    }
    return request;
  }

  absl::StatusOr<v1::Pass> Make(const auth::v1::Caller& caller,
                                const v1::CreatePassRequest& request) {
    return Call(*booking_stub_, &Stub::CreatePass, caller, request);
  }
  v1::Pass MustMake(const auth::v1::Caller& caller, const v1::CreatePassRequest& request) {
    const auto made = Make(caller, request);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.value_or(v1::Pass());
  }
  // Calls one of the methods that take a pass's name.
  template <class Request>
  absl::StatusOr<v1::Pass> Step(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             v1::Pass*),
                                const auth::v1::Caller& caller, const std::string& name,
                                Request request = {}) {
    request.set_name(name);
    return Call(*booking_stub_, method, caller, request);
  }
  absl::StatusOr<v1::Pass> Get(const std::string& name, const auth::v1::Caller& caller = Street()) {
    return Step<v1::GetPassRequest>(&Stub::GetPass, caller, name);
  }
  absl::StatusOr<v1::Pass> Withdraw(const auth::v1::Caller& caller, const std::string& name) {
    v1::CancelPassRequest request;
    request.set_reason("调岗");
    return Step(&Stub::CancelPass, caller, name, request);
  }
  // The days of a pass in a state, the first first.
  std::vector<v1::Booking> DaysIn(v1::Booking::State state, const std::string& pass,
                                  const auth::v1::Caller& caller = Street()) {
    v1::ListBookingsRequest request;
    request.set_parent("alliances/a");
    request.set_pass(pass);
    request.set_state(state);
    const auto listed = Call(*booking_stub_, &Stub::ListBookings, caller, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->bookings().rbegin(), listed->bookings().rend()};
  }
  void GoTo(absl::Time time) { clock_.Advance(time - clock_.Now()); }
  void Keep() { EXPECT_TRUE(BookingKeeper::Keep(keeper_, clock_.Now()).ok()); }

  // What is counted as taken, and what the bookings say is.
  int64_t Taken() {
    static const db::Query taken("SELECT COALESCE(SUM(used), 0) FROM slot", "");
    return Number(taken);
  }
};

}  // namespace jinhuan::resource
