// The long form of the storm (rpc/booking_storm.h), run by tests/load/booking/run on the database
// of JINHUAN_TEST_DB_SOCKET. Prints what happened; ends with 1 when anything was wrong.
//
//   booking_storm --operations=100000 --clients=256 --processes=2
#include <fmt/format.h>

#include <optional>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "resource-svc/bench/storm_process.h"
#include "resource-svc/rpc/booking_storm_body.h"

ABSL_FLAG(int, clients, 256, "How many call at once");
ABSL_FLAG(int, operations, 100'000, "How many calls");
ABSL_FLAG(int, processes, 2, "How many processes serve: 1, with two instances in it, or 2");
ABSL_FLAG(std::string, serve, "", "Only serve, on this unix socket: the second process");
ABSL_FLAG(std::string, schema, "", "The schema that it serves");
ABSL_FLAG(std::string, clock, "", "The file with the time that it goes by");

namespace {

int Report(jinhuan::resource::BookingStorm& storm, absl::Duration took) {
  fmt::print("{} calls by {} clients through 2 instances in {} processes in {:.0f} s\n",
             absl::GetFlag(FLAGS_operations), absl::GetFlag(FLAGS_clients),
             absl::GetFlag(FLAGS_processes), absl::ToDoubleSeconds(took));
  fmt::print("{} snapshots checked, {} draws repeated\n", storm.checker().checked(),
             storm.checker().draws());
  for (const auto& [answer, count] : storm.answers()) fmt::print("  {:<20} {:>7}\n", answer, count);
  for (const auto& [state, count] : storm.checker().steps()) {
    fmt::print("  to {:<17} {:>7}\n", state, count);
  }
  const auto& faults = storm.checker().faults();
  for (size_t i = 0; i < std::min<size_t>(faults.size(), 20); ++i) fmt::print("{}\n", faults[i]);
  fmt::print("{} violations\n", faults.size());
  return faults.empty() && !::testing::Test::HasFailure() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace jinhuan;  // NOLINT: main only wires
  absl::ParseCommandLine(argc, argv);
  if (!absl::GetFlag(FLAGS_serve).empty()) {
    return resource::ServeStorm(absl::GetFlag(FLAGS_schema), absl::GetFlag(FLAGS_serve),
                                absl::GetFlag(FLAGS_clock));
  }
  ::testing::InitGoogleTest();
  resource::BookingStorm storm;
  std::optional<resource::StormProcess> process;
  if (absl::GetFlag(FLAGS_processes) == 2) process.emplace(argv[0], storm);
  const absl::Time begin = absl::Now();
  storm.Run(absl::GetFlag(FLAGS_clients), absl::GetFlag(FLAGS_operations));
  if (process.has_value()) {
    EXPECT_TRUE(process->Stop()) << "the second process failed";
  }
  return Report(storm, absl::Now() - begin);
}
