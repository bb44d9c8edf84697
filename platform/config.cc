#include "platform/config.h"

#include <fmt/format.h>
#include <sodium.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/flags/declare.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/synchronization/mutex.h"
#include "platform/log.h"

ABSL_DECLARE_FLAG(std::string, test_clock_file);
ABSL_FLAG(std::string, log_level, "info", "debug, info, warning or error");

namespace jinhuan::config {

void InitProcess(std::string_view process, int argc, char** argv) {
  // The distribution's Abseil is built with its search for deadlocks, which costs each lock of
  // ours and of gRPC's a walk through a graph; the tests keep it.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  log::Init(process, absl::GetFlag(FLAGS_log_level));
  if (rest.size() > 1) {
    std::cerr << "not a flag: " << rest[1] << '\n';
    std::exit(2);
  }
  if (const std::string file = absl::GetFlag(FLAGS_test_clock_file); !file.empty()) {
    log::Warning("the clock is moved by a test", {{"file", file}});
  }
  if (sodium_init() < 0) {
    log::Error("libsodium does not start");
    std::exit(1);
  }
}

absl::StatusOr<std::string> ReadSecret(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(fmt::format("can't read {}", path));
  std::ostringstream content;
  content << file.rdbuf();
  std::string secret = std::move(content).str();
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) return absl::FailedPreconditionError(fmt::format("{} is empty", path));
  return secret;
}

}  // namespace jinhuan::config
