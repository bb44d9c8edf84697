#include "platform/check_in/check_in_flag.h"

#include <cstdlib>
#include <string>

#include "absl/flags/flag.h"
#include "platform/config.h"
#include "platform/log.h"

ABSL_FLAG(std::string, check_in_key_file, "",
          "File with the key that check-in codes are made with, 64 hex digits, the same for all "
          "processes of the service; empty: a random one");

namespace jinhuan {

CheckInKey CheckInKeyFromFlag() {
  const std::string path = absl::GetFlag(FLAGS_check_in_key_file);
  if (path.empty()) return CheckInKey::Random();
  const absl::StatusOr<std::string> secret = config::ReadSecret(path);
  const absl::StatusOr<CheckInKey> key =
      secret.ok() ? CheckInKey::FromHex(*secret) : absl::StatusOr<CheckInKey>(secret.status());
  if (key.ok()) return *key;
  log::Error("can't start", {{"what", "--check_in_key_file"}, {"status", key.status().ToString()}});
  std::exit(1);
}

}  // namespace jinhuan
