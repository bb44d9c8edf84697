#pragma once

#include <string_view>

#include "jinhuan/auth/v1/caller.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a meeting that is to be drafted, at `meeting.…`: the
// bounds that meeting.proto states. Whether it lies in the future is the caller's to
// see.
void CheckMeeting(const v1::Meeting& meeting, Violations& violations);

// Adds what is wrong with an answer and its note: the answer must be given, and
// the note, up to 100 characters, may lack unless a substitute is sent.
void CheckAnswer(v1::Answer answer, std::string_view note, Violations& violations);

// What is kept of a meeting that was sent to be drafted: what people set, with
// times to the microsecond, as the store keeps them.
v1::Meeting Drafted(const v1::Meeting& sent);

// What an answer adds to a meeting's counts, 0 or 1 each.
struct Tally {
  int answered = 0;
  int attending = 0;
};
Tally TallyOf(v1::Answer answer);

// Whether the caller sees drafts of `alliance` ("alliances/a1"): only its street
// administrators do.
bool SeesDrafts(const auth::v1::Caller& caller, std::string_view alliance);

}  // namespace jinhuan::meeting
