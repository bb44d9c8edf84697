#include "platform/rpc/caller_key.h"

#include <sodium.h>

#include <cstdlib>

#include "absl/flags/flag.h"
#include "platform/config.h"
#include "platform/log.h"

ABSL_FLAG(std::string, caller_key_file, "",
          "File with the Ed25519 seed that signs this service's own calls, 64 hex digits");

namespace jinhuan::rpc {

namespace {

[[noreturn]] void Refuse(const absl::Status& status) {
  log::Error("can't start", {{"what", "--caller_key_file"}, {"status", status.ToString()}});
  std::exit(1);
}

std::string SeedFromFlag() {
  auto seed = config::ReadSecret(absl::GetFlag(FLAGS_caller_key_file));
  if (!seed.ok()) Refuse(seed.status());
  return *std::move(seed);
}

}  // namespace

CallerTokenSigner SignerFromFlag() {
  const auto signer = CallerTokenSigner::FromSeed(SeedFromFlag());
  if (!signer.ok()) Refuse(signer.status());
  return *signer;
}

std::string SecretFromFlag(const std::string& purpose) {
  const std::string seed = SeedFromFlag();
  const auto bytes = [](const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  std::string secret(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(secret.data()), secret.size(), bytes(purpose),
                     purpose.size(), bytes(seed), seed.size());
  return secret;
}

}  // namespace jinhuan::rpc
