#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jinhuan/meeting/v1/ballot.pb.h"

namespace jinhuan::meeting {

// Whether a paper is what ballot.proto says: its token made of its seals, the seal of its
// choice opened by its key, and the whole signed by the ballot's key.
bool IsValidPaper(const v1::Paper& paper, std::string_view public_key);

// SHA-256 of the papers, which come by token: of the token and the choice of each.
std::string DigestOf(const std::vector<v1::Paper>& papers);

}  // namespace jinhuan::meeting
