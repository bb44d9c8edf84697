// How many bookings a second CreateBooking takes, called in this process through
// gRPC, on the database of JINHUAN_TEST_DB_SOCKET.
//
//   booking_bench --clients=16 --windows=100 --seconds=10    spread
//   booking_bench --clients=64 --windows=1                   one hot car park
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "resource-svc/rpc/service_fixture.h"

ABSL_FLAG(int, clients, 16, "How many book at once");
ABSL_FLAG(int, windows, 100, "Over how many windows");
ABSL_FLAG(int, seconds, 10, "For how long");
ABSL_FLAG(bool, quota, true, "Whether the windows have a quota");

namespace jinhuan::resource {
namespace {

class BookingBench : ServiceFixture {
 public:
  void Prepare(int windows, bool quota) {
    v1::Window daily = Daily(100'000);
    if (quota) {
      v1::Quota& rule = *daily.add_quotas();
      rule.set_subject(v1::QUOTA_SUBJECT_PERSON);
      rule.set_period(v1::QUOTA_PERIOD_DAY);
      rule.set_limit(10'000);
    }
    for (int i = 0; i < windows; ++i) {
      windows_named_.push_back(OpenNew(v1::FACILITY_KIND_PARKING, daily).name());
    }
  }

  void StartSealing() { journal_.StartSealing(); }

  void Measure(int clients, absl::Duration length) {
    std::vector<std::vector<double>> took(clients);
    std::atomic<int> failed = 0;
    const absl::Time begin = absl::Now();
    OnThreads(clients, [&](int client) {
      const auth::v1::Caller caller = Staff(fmt::format("s{}", client), "m1");
      const std::string token = signer_->Sign(caller, "jinhuan.resource.v1", clock_.Now());
      std::mt19937 random(static_cast<unsigned>(client));
      for (int i = 0; absl::Now() < begin + length; ++i) {
        auto request = Booking(windows_named_[random() % windows_named_.size()],
                               At(24 + static_cast<int>(random() % 3), 9));
        request.mutable_booking()->set_plate("沪A12345");
        request.set_request_id(fmt::format("bench-{}-{}", absl::ToUnixMicros(begin), i));
        grpc::ClientContext context;
        context.AddMetadata(rpc::kCallerMetadata, token);
        v1::Booking booking;
        const absl::Time start = absl::Now();
        failed += !booking_stub_->CreateBooking(&context, request, &booking).ok();
        took[client].push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
      }
    });
    const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    std::vector<double> all;
    for (const auto& part : took) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    fmt::print("{:>8} {:>8} {:>10.0f} {:>9.2f} {:>9.2f} {:>7}\n", clients, windows_named_.size(),
               static_cast<double>(all.size()) / seconds, all[all.size() / 2],
               all[all.size() * 99 / 100], failed.load());
  }

 private:
  std::vector<std::string> windows_named_;
};

}  // namespace
}  // namespace jinhuan::resource

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  jinhuan::resource::BookingBench bench;
  bench.StartSealing();
  bench.Prepare(absl::GetFlag(FLAGS_windows), absl::GetFlag(FLAGS_quota));
  fmt::print("{:>8} {:>8} {:>10} {:>9} {:>9} {:>7}\n", "clients", "windows", "bookings/s", "p50 ms",
             "p99 ms", "failed");
  for (int round = 0; round < 2; ++round) {
    bench.Measure(absl::GetFlag(FLAGS_clients), absl::Seconds(absl::GetFlag(FLAGS_seconds)));
  }
}
