// What the tests of notices start from: an entry of the journal, and what it tells.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "meeting-svc/domain/notice_rules.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {

// 2026-11-28 18:00 in the zone of the tests.
inline const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);
inline const absl::Time kEvening = absl::FromCivil(absl::CivilHour(2026, 11, 28, 18), kZone);

// What an entry of the journal tells, as "<audience> <text>", or "<audience> ! <text>" when
// something is to be done.
template <class Resource>
std::vector<std::string> Told(const Resource* before, const Resource& after,
                              const std::string& actor = "users/lender") {
  journal::v1::Entry entry;
  entry.set_alliance("alliances/a");
  entry.set_resource(after.name());
  entry.set_actor(actor);
  entry.set_reason("见说明");
  *entry.mutable_time() = api::ToProto(kEvening);
  if (before != nullptr) entry.mutable_before()->PackFrom(*before);
  entry.mutable_after()->PackFrom(after);
  std::vector<std::string> told;
  for (const Telling& telling : TellingsOf(entry, kZone)) {
    EXPECT_FALSE(telling.notice.text().empty() || telling.notice.text_en().empty());
    EXPECT_EQ(telling.notice.resource(), after.name());
    EXPECT_FALSE(absl::ascii_islower(telling.notice.text_en().front()));
    std::string line = telling.audience;
    line += telling.notice.action_needed() ? " ! " : " ";
    line += telling.notice.text();
    told.push_back(std::move(line));
  }
  return told;
}

// The same of what is new.
template <class Resource>
std::vector<std::string> Told(const Resource& made) {
  return Told<Resource>(nullptr, made);
}

}  // namespace jinhuan::meeting
