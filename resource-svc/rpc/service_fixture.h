// What the tests of this room start from: the services as they are called, in
// this process, on a database of their own.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "platform/api/time.h"
#include "platform/db/platform_migrations.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/testing/test_database.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_keeper.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/facility_service.h"
#include "resource-svc/rpc/lottery_service.h"
#include "resource-svc/storage/migrations.h"

namespace jinhuan::resource {

inline constexpr char kSeed[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
inline constexpr int kOrdinaryTier = 3;

// An account with one role in an alliance; `unit` is the id of its member.
inline auth::v1::Caller Person(const std::string& name, auth::v1::Role role,
                               const std::string& unit = "", const std::string& alliance = "a",
                               int tier = kOrdinaryTier) {
  auth::v1::Caller caller;
  caller.set_name("users/" + name);
  auth::v1::Grant& grant = *caller.add_grants();
  grant.set_role(role);
  grant.set_alliance("alliances/" + alliance);
  if (!unit.empty()) {
    grant.set_member(grant.alliance() + "/members/" + unit);
    grant.set_member_tier(tier);
    grant.set_member_sector(1);
  }
  return caller;
}

inline auth::v1::Caller Street() { return Person("street", auth::v1::ROLE_STREET_ADMIN); }
inline auth::v1::Caller Liaison(const std::string& unit) {
  return Person("liaison-" + unit, auth::v1::ROLE_LIAISON, unit);
}
inline auth::v1::Caller Staff(const std::string& name, const std::string& unit) {
  return Person(name, auth::v1::ROLE_STAFF, unit);
}

// A count of what others do, and who waits for it.
inline void Count(std::atomic<int>& count) {
  ++count;
  count.notify_all();
}
inline void Await(const std::atomic<int>& count, int enough) {
  for (int seen = count; seen < enough; seen = count) count.wait(seen);
}

// Runs `body` on `threads` threads at once and waits for all; it gets the
// thread's number.
inline void OnThreads(int threads, const std::function<void(int)>& body) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back([&body, i] { body(i); });
  for (std::thread& thread : running) thread.join();
}

// The services with their stores and stubs, for tests and benchmarks.
class ServiceFixture {
 protected:
  ServiceFixture() {
    spdlog::set_level(spdlog::level::warn);  // not a line for each call
    grpc::ServerBuilder builder;
    server_ = builder.RegisterService(&facility_service_)
                  .RegisterService(&booking_service_)
                  .RegisterService(&lottery_service_)
                  .BuildAndStart();
    facility_stub_ = v1::FacilityService::NewStub(server_->InProcessChannel({}));
    booking_stub_ = v1::BookingService::NewStub(server_->InProcessChannel({}));
    lottery_stub_ = v1::LotteryService::NewStub(server_->InProcessChannel({}));
    // As alliance-svc's journal tells them: m0 to m63, active.
    Change(
        "INSERT INTO member (alliance_id, id, display_name, tier, sector, state) SELECT 'a', "
        "CONCAT('m', seq), CONCAT('m', seq), 3, 1, 2 FROM seq_0_to_63");
  }

  // Calls `method` of a stub as `caller`.
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const auth::v1::Caller& caller, const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
    context.AddMetadata(rpc::kCallerMetadata,
                        signer_->Sign(caller, "jinhuan.resource.v1", clock_.Now()));
    Response response;
    const absl::Status status = rpc::FromGrpc((stub.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::Facility> Lend(const auth::v1::Caller& caller, v1::FacilityKind kind,
                                    const std::string& owner = "m1") {
    v1::CreateFacilityRequest request;
    request.set_parent("alliances/a");
    request.mutable_facility()->set_display_name("金色中环停车场");
    request.mutable_facility()->set_kind(kind);
    request.mutable_facility()->set_owner("alliances/a/members/" + owner);
    return Call(*facility_stub_, &v1::FacilityService::Stub::CreateFacility, caller, request);
  }

  // A window of every day, 8:00 to 18:00, in slots of an hour.
  static v1::Window Daily(int capacity) {
    v1::Window window;
    window.mutable_start_date()->set_year(2026);
    window.mutable_start_date()->set_month(11);
    window.mutable_start_date()->set_day(1);
    window.set_open_minute(8 * 60);
    window.set_close_minute(18 * 60);
    window.set_slot_minutes(60);
    window.set_capacity(capacity);
    return window;
  }

  absl::StatusOr<v1::Window> Open(const auth::v1::Caller& caller, const std::string& facility,
                                  const v1::Window& window) {
    v1::CreateWindowRequest request;
    request.set_parent(facility);
    *request.mutable_window() = window;
    return Call(*facility_stub_, &v1::FacilityService::Stub::CreateWindow, caller, request);
  }

  // Sets the places of a window; with `recall` whoever has too much loses it.
  absl::StatusOr<v1::Window> Resize(const v1::Window& window, int capacity, bool recall = false) {
    v1::UpdateWindowRequest request;
    request.mutable_window()->set_name(window.name());
    request.mutable_window()->set_capacity(capacity);
    request.mutable_update_mask()->add_paths("capacity");
    request.set_recall(recall);
    if (recall) request.set_reason("车位改造");
    return Call(*facility_stub_, &v1::FacilityService::Stub::UpdateWindow, Street(), request);
  }

  // Ends a window after a day of November 2026.
  absl::StatusOr<v1::Window> End(const v1::Window& window, int day, bool recall = false,
                                 bool validate_only = false) {
    v1::EndWindowRequest request;
    request.set_name(window.name());
    request.mutable_last_date()->set_year(2026);
    request.mutable_last_date()->set_month(11);
    request.mutable_last_date()->set_day(day);
    request.set_recall(recall);
    request.set_validate_only(validate_only);
    if (recall) request.set_reason("收回自用");
    return Call(*facility_stub_, &v1::FacilityService::Stub::EndWindow, Street(), request);
  }

  // Closes `facility` from one hour to another of days of November 2026.
  static v1::CreateClosureRequest Closing(const std::string& facility, absl::Time from,
                                          absl::Time to, bool emergency = false) {
    v1::CreateClosureRequest request;
    request.set_parent(facility);
    *request.mutable_closure()->mutable_start_time() = api::ToProto(from);
    *request.mutable_closure()->mutable_end_time() = api::ToProto(to);
    request.mutable_closure()->set_reason("消防检修");
    request.mutable_closure()->set_emergency(emergency);
    return request;
  }

  absl::StatusOr<v1::Closure> Close(const v1::CreateClosureRequest& request,
                                    const auth::v1::Caller& caller = Street()) {
    return Call(*facility_stub_, &v1::FacilityService::Stub::CreateClosure, caller, request);
  }

  // A window of a new facility of the street's choosing.
  v1::Window OpenNew(v1::FacilityKind kind, const v1::Window& window) {
    const auto facility = Lend(Street(), kind);
    EXPECT_TRUE(facility.ok()) << facility.status();
    const auto opened = Open(Street(), facility->name(), window);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return *opened;
  }

  // The slot that begins at `hour` of a day of November 2026, Shanghai time.
  static absl::Time At(int day, int hour) {
    return absl::FromCivil(absl::CivilHour(2026, 11, day, hour), absl::FixedTimeZone(8 * 3600));
  }

  static v1::CreateBookingRequest Booking(const std::string& window, absl::Time start,
                                          int hours = 1) {
    v1::CreateBookingRequest request;
    request.set_parent("alliances/a");
    request.mutable_booking()->set_window(window);
    *request.mutable_booking()->mutable_start_time() = api::ToProto(start);
    *request.mutable_booking()->mutable_end_time() = api::ToProto(start + absl::Hours(hours));
    return request;
  }

  absl::StatusOr<v1::Booking> Book(const auth::v1::Caller& caller,
                                   const v1::CreateBookingRequest& request) {
    return Call(*booking_stub_, &v1::BookingService::Stub::CreateBooking, caller, request);
  }

  absl::StatusOr<v1::Booking> Cancel(const auth::v1::Caller& caller, const std::string& name,
                                     const std::string& request_id = "") {
    v1::CancelBookingRequest request;
    request.set_name(name);
    request.set_reason("行程有变");
    request.set_request_id(request_id);
    return Call(*booking_stub_, &v1::BookingService::Stub::CancelBooking, caller, request);
  }

  // The only number that a query answers.
  int64_t Number(const db::Query& query) {
    int64_t number = -1;
    const absl::Status status =
        db::Read(database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& c) {
          return c.Select(query, {}, [&](const db::Row& row) { number = row.Int(0); }).status();
        });
    EXPECT_TRUE(status.ok()) << status;
    return number;
  }

  void Change(const std::string& sql) {
    const absl::Status status = db::Read(database_.pool(), absl::Now() + absl::Seconds(10),
                                         [&](db::Connection& c) { return c.Run(sql); });
    EXPECT_TRUE(status.ok()) << status;
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{At(23, 7)};
  // Of the real time: entries that commit together are numbered by their ids, and the clock of a
  // test stands still.
  RandomIdSource ids_{Clock::System()};
  absl::StatusOr<rpc::CallerTokenSigner> signer_ = rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.resource.v1");
  rpc::Admission admission_{1000, 10};
  rpc::Metrics metrics_;
  journal::Journal journal_{database_.pool(), ids_};
  FacilityStore facilities_{journal_};
  WindowStore windows_{journal_};
  SlotStore slots_;
  QuotaStore quotas_;
  LedgerStore ledger_{journal_, ids_};
  BookingStore bookings_{journal_, slots_, quotas_, ledger_};
  SupplyStore supply_changes_{journal_, slots_, bookings_};
  ClosureStore closures_{journal_};
  MenuStore menus_{journal_};
  MemberStore members_;
  Alternatives alternatives_{facilities_, windows_, closures_, slots_, members_};
  Availability availability_{database_.pool(), facilities_, windows_, slots_, closures_};
  rpc::Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};
  FacilityService facility_service_{runtime_, database_.pool(), facilities_,
                                    windows_, closures_,        supply_changes_,
                                    members_, alternatives_,    menus_};
  Waitlist waitlist_{database_.pool(), windows_, bookings_, quotas_, members_, ids_};
  PassStore pass_store_{journal_};
  Passes passes_{
      {database_.pool(), ids_, facilities_, windows_, slots_, bookings_, pass_store_, waitlist_}};
  OccupancyWatch occupancy_{{database_.pool(), journal_, facilities_, windows_, slots_, clock_}};
  CheckInKey check_in_key_ = CheckInKey::Random();
  BookingService booking_service_{
      runtime_,      {database_.pool(), facilities_, windows_, slots_, bookings_, members_},
      availability_, waitlist_,
      passes_,       occupancy_,
      check_in_key_};
  LotteryStore lotteries_{journal_};
  Lottery lottery_{
      {database_.pool(), windows_, slots_, quotas_, bookings_, ledger_, lotteries_, members_},
      ids_};
  LotteryService lottery_service_{runtime_, database_.pool(), windows_, lotteries_, lottery_};
  BookingKeeper::Deps keeper_{database_.pool(), windows_, bookings_, waitlist_,
                              lottery_,         ids_,     clock_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::FacilityService::Stub> facility_stub_;
  std::unique_ptr<v1::BookingService::Stub> booking_stub_;
  std::unique_ptr<v1::LotteryService::Stub> lottery_stub_;
};

class ServiceTest : public ::testing::Test, protected ServiceFixture {};

}  // namespace jinhuan::resource
