#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/minutes.pb.h"
#include "jinhuan/meeting/v1/resolution.pb.h"

namespace jinhuan::meeting {

// What minutes are drafted from.
struct MeetingRecord {
  v1::Meeting meeting;
  std::string alliance;  // what it is called
  std::string chair;     // the chair's unit, where it was there; may be empty
  absl::TimeZone zone;
  int number = 1;  // of the paper in its year
  std::vector<v1::Invitation> invitations;
  std::vector<v1::Attendance> attendances;
  std::vector<v1::Ballot> ballots;
  std::vector<v1::Resolution> resolutions;
};

// The minutes as the record has them: a section an agenda item with its votes and resolutions,
// the attendance lists, the task table. They keep the bounds of CheckMinutes.
v1::Minutes DraftOf(const MeetingRecord& record, absl::Time now);

}  // namespace jinhuan::meeting
