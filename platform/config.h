#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::config {

// The first steps of every process: parses the flags (absl, `--flagfile`),
// starts the log as `process` and libsodium. Ends the process with status 2 on
// a bad flag or on arguments that are not flags.
void InitProcess(std::string_view process, int argc, char** argv);

// The content of a secret's file without the line end, for flags named
// `..._file`: a secret never stands in a flag. NOT_FOUND when it can't be read,
// FAILED_PRECONDITION when it is empty.
absl::StatusOr<std::string> ReadSecret(const std::string& path);

}  // namespace jinhuan::config
