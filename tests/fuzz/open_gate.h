#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/gate.h"

namespace jinhuan::fuzz {

// A gate that lets everybody in, behind `trusted_proxies`, as far as its few places go.
struct OpenGate {
  explicit OpenGate(std::vector<std::string> trusted_proxies)
      : gate({clock, ids, sessions, limit, limit, limit, limit, limit, admission, places, places,
              places, std::move(trusted_proxies)}) {}

  const Clock& clock = Clock::System();
  RandomIdSource ids{clock};
  rpc::CallerTokenSigner signer = *rpc::CallerTokenSigner::FromSeed(std::string(64, '5'));
  gateway::Sessions sessions{[](const auth::v1::ResolveCredentialRequest&,
                                const std::function<void(gateway::Sessions::Answer)>& done) {
                               auth::v1::ResolveCredentialResponse answer;
                               answer.mutable_caller()->set_name("users/u");
                               done(answer);
                             },
                             signer,
                             clock,
                             {.max_entries = 100}};
  gateway::http::RateLimit limit{1 << 30, 1e9, clock};
  rpc::Admission admission{4, 4};
  gateway::http::PlaceLimit places{4};
  gateway::Gate gate;
};

}  // namespace jinhuan::fuzz
