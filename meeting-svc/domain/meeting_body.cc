#include "meeting-svc/domain/meeting_body.h"

namespace jinhuan::meeting {

std::vector<alliance::v1::Tier> TiersOf(v1::MeetingBody body) {
  switch (body) {
    case v1::MEETING_BODY_STANDING:
      return {alliance::v1::TIER_STANDING};
    case v1::MEETING_BODY_COUNCIL:
      return {alliance::v1::TIER_STANDING, alliance::v1::TIER_COUNCIL};
    default:
      return {alliance::v1::TIER_UNSPECIFIED, alliance::v1::TIER_STANDING,
              alliance::v1::TIER_COUNCIL, alliance::v1::TIER_ORDINARY};
  }
}

bool IsPlenary(v1::MeetingBody body) {
  return body != v1::MEETING_BODY_COUNCIL && body != v1::MEETING_BODY_STANDING;
}

bool AreSame(v1::MeetingBody one, v1::MeetingBody other) {
  return one == other || (IsPlenary(one) && IsPlenary(other));
}

std::string NameOf(v1::MeetingBody body) {
  switch (body) {
    case v1::MEETING_BODY_STANDING:
      return "常务理事会";
    case v1::MEETING_BODY_COUNCIL:
      return "理事会";
    default:
      return "联席会议";
  }
}

}  // namespace jinhuan::meeting
