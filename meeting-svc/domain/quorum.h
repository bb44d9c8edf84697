#pragma once

#include <vector>

#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/quorum.pb.h"

namespace jinhuan::meeting {

// Whether so many units of the roll take part as `rule` asks for, counted as a ballot does. When
// it is, by which charter, and who is not on the roll is the caller's to say.
v1::Quorum CountQuorum(const alliance::v1::ItemRule& rule, const std::vector<v1::Elector>& roll);

}  // namespace jinhuan::meeting
