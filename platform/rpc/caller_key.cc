#include "platform/rpc/caller_key.h"

#include <cstdlib>

#include "absl/flags/flag.h"
#include "platform/config.h"
#include "platform/log.h"

ABSL_FLAG(std::string, caller_key_file, "",
          "File with the Ed25519 seed that signs this service's own calls, 64 hex digits");

namespace jinhuan::rpc {

CallerTokenSigner SignerFromFlag() {
  const auto seed = config::ReadSecret(absl::GetFlag(FLAGS_caller_key_file));
  const auto signer = seed.ok() ? CallerTokenSigner::FromSeed(*seed) : seed.status();
  if (!signer.ok()) {
    log::Error("can't start",
               {{"what", "--caller_key_file"}, {"status", signer.status().ToString()}});
    std::exit(1);
  }
  return *signer;
}

}  // namespace jinhuan::rpc
