#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/meeting/v1/notice.pb.h"

namespace jinhuan::meeting {

// A notice and who gets it (notice_audience.h). Of the notice, alliance, resource, texts and
// action_needed are set.
struct Telling {
  std::string audience;
  v1::Notice notice;
};

// What people are to be told of a journal's entry, of whichever service; `zone` is that of
// its alliance. Nothing for an entry that is nobody's news: who made the change is not told
// of it where only they would be.
std::vector<Telling> TellingsOf(const journal::v1::Entry& entry, absl::TimeZone zone);

}  // namespace jinhuan::meeting
