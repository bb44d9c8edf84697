#include "meeting-svc/domain/notice_rules.h"

#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {

std::vector<Telling> TellingsOf(const journal::v1::Entry& entry, absl::TimeZone zone) {
  Tellings tellings(entry, zone);
  TellOfAlliance(entry, tellings);
  TellOfResources(entry, tellings);
  TellOfMeetings(entry, tellings);
  TellOfRequests(entry, tellings);
  return tellings.Take();
}

}  // namespace jinhuan::meeting
