#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/struct.pb.h"

namespace jinhuan::alliance {

// What an ID token must say to be believed.
struct IdTokenNeeds {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  absl::Time now;
};

// The subject of an ID token, checked as OpenID Connect Core 1.0, section 3.1.3.7, wants
// it: signed by RS256, PS256 or ES256 with one of `keys` (a JWK Set, RFC 7517), by this
// issuer, for this client, with this nonce, and not expired (a minute apart, for clocks).
// UNAUTHENTICATED, with what is wrong, for the log.
absl::StatusOr<std::string> SubjectOf(const std::string& id_token,
                                      const google::protobuf::Struct& keys,
                                      const IdTokenNeeds& needs);

}  // namespace jinhuan::alliance
