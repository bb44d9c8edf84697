// The long form of the storm (rpc/booking_storm.h), run by tests/load/booking/run on the database
// of JINHUAN_TEST_DB_SOCKET. Prints what happened; ends with 1 when anything was wrong.
//
//   booking_storm --operations=100000 --clients=256
#include <fmt/format.h>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "resource-svc/rpc/booking_storm_body.h"

ABSL_FLAG(int, clients, 256, "How many call at once");
ABSL_FLAG(int, operations, 100'000, "How many calls");

int main(int argc, char** argv) {
  using namespace jinhuan;  // NOLINT: main only wires
  absl::ParseCommandLine(argc, argv);
  ::testing::InitGoogleTest();
  resource::BookingStorm storm;
  const absl::Time begin = absl::Now();
  storm.Run(absl::GetFlag(FLAGS_clients), absl::GetFlag(FLAGS_operations));
  fmt::print("{} calls by {} clients through 2 instances in {:.0f} s, {} snapshots checked\n",
             absl::GetFlag(FLAGS_operations), absl::GetFlag(FLAGS_clients),
             absl::ToDoubleSeconds(absl::Now() - begin), storm.checker().checked());
  for (const auto& [answer, count] : storm.answers()) fmt::print("  {:<20} {:>7}\n", answer, count);
  for (const auto& [state, count] : storm.checker().steps()) {
    fmt::print("  to {:<17} {:>7}\n", state, count);
  }
  const auto& faults = storm.checker().faults();
  for (size_t i = 0; i < std::min<size_t>(faults.size(), 20); ++i) fmt::print("{}\n", faults[i]);
  fmt::print("{} violations\n", faults.size());
  return faults.empty() && !::testing::Test::HasFailure() ? 0 : 1;
}
