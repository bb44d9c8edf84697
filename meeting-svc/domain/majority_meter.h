#pragma once

#include <vector>

#include "jinhuan/meeting/v1/meeting_service.pb.h"

namespace jinhuan::meeting {

// How quorum and majority stand for what is decided by `rule`, were it put to this roll now:
// counted as a ballot is, with every unit that is present voting for or against.
v1::MajorityMeter MeterOf(const alliance::v1::ItemRule& rule, const std::vector<v1::Elector>& roll);

}  // namespace jinhuan::meeting
