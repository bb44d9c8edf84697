// What a voter sends to be signed unseen, and signatures on ballots.
#include "meeting-svc/domain/blind_signature.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  static const auto key = meeting::BallotKey::Generate();
  static const std::string public_der = key->PublicDer();
  const auto signature = key->BlindSign(input);
  Require(!signature.ok() || signature->size() == 256);
  Require(!meeting::IsSignedBy(public_der, "a ballot", input));
  Require(!meeting::IsSignedBy(input, "a ballot", std::string(256, 's')));
  (void)meeting::BallotKey::FromDer(input);
}

}  // namespace jinhuan::fuzz
