// Caller tokens, as a service takes them from whoever reaches its port.
#include "platform/rpc/caller_token.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  static const auto signer = *rpc::CallerTokenSigner::FromSeed(std::string(64, '5'));
  static const auto verifier =
      *rpc::CallerTokenVerifier::Create(signer.public_key_hex(), "jinhuan.resource.v1");
  // No input has a signature of this key.
  Require(!verifier->Verify(std::string(input), absl::FromUnixSeconds(1'800'000'000)).ok());
}

}  // namespace jinhuan::fuzz
