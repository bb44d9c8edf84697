#pragma once

#include <string>
#include <vector>

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"

namespace jinhuan::meeting {

// Which units meet (v1::MeetingBody); unspecified means all, as PLENARY does.

// The tiers whose units meet as `body`.
std::vector<alliance::v1::Tier> TiersOf(v1::MeetingBody body);

// Whether all units meet.
bool IsPlenary(v1::MeetingBody body);

// Whether both are of the same units.
bool AreSame(v1::MeetingBody one, v1::MeetingBody other);

// What it is called: 联席会议, 理事会, 常务理事会.
std::string NameOf(v1::MeetingBody body);

}  // namespace jinhuan::meeting
