#pragma once

#include <string>

#include "meeting-svc/storage/meeting_key.h"

namespace jinhuan::meeting {

// Which ballot, by the parts of its name.
struct BallotId {
  MeetingKey meeting;
  std::string id;

  std::string name() const { return meeting.name() + "/ballots/" + id; }
};

}  // namespace jinhuan::meeting
