#pragma once

#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "jinhuan/auth/v1/caller.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/project.pb.h"
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

// Gives every agenda item that has none an id of its own within the meeting.
void GiveIds(v1::Meeting& meeting);

// Looks back (回头看): gives the agenda an item for every one of `overdue` that no item is about
// yet and that was not left out, in that order, as far as the 50 items of an agenda go. What an
// item is about again is left out no more. Whether it added any item.
bool LookBack(const std::vector<v1::Project>& overdue, v1::Meeting& meeting);

// Comes to an item of the agenda, and keeps that it was dealt with; none where `id` is empty.
void TakeItem(const std::string& id, v1::Meeting& meeting);

// Takes every item about `project` off the agenda and keeps why; false where none is about it.
bool LeaveOut(std::string_view project, std::string_view reason, absl::Time now,
              v1::Meeting& meeting);

// Adds what is wrong with a template, at `meeting_template.…`.
void CheckTemplate(const v1::MeetingTemplate& sent, Violations& violations);

// How long before its start a meeting can be opened, and delegates check in.
inline constexpr absl::Duration kDoorsOpen = absl::Hours(2);

// The last moment at which notice of a meeting can go out, so many days of the alliance's
// zone before it.
absl::Time NoticeDeadline(absl::Time start, int notice_days, absl::TimeZone zone);

// Whether the caller is a street administrator of `alliance` ("alliances/a1").
bool IsStreet(const auth::v1::Caller& caller, std::string_view alliance);

// Whether the caller runs meetings of `alliance` ("alliances/a1") and sees their drafts: its
// street administrators do, and the liaisons of the acting chair unit.
bool SeesDrafts(const auth::v1::Caller& caller, std::string_view alliance);

}  // namespace jinhuan::meeting
