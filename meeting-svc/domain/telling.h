#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "google/protobuf/timestamp.pb.h"
#include "meeting-svc/domain/notice_rules.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {

// A change as the rules of notices see it: a resource before and after.
template <class Resource>
struct Changed {
  std::optional<Resource> before;
  Resource after;

  // Whether the state became `state` by this change.
  template <class State>
  bool Became(State state) const {
    return after.state() == state && (!before.has_value() || before->state() != state);
  }
};

// Collects what an entry tells.
class Tellings {
 public:
  Tellings(const journal::v1::Entry& entry, absl::TimeZone zone) : entry_(entry), zone_(zone) {}

  // `text` in Chinese and in English.
  struct Words {
    std::string zh;
    std::string en;
  };
  // Who would be told the same twice, being two things at once, is told once; it is asked to act if
  // it is in either.
  void Tell(const std::string& audience, Words words, bool action_needed = false) {
    for (Telling& told : told_) {
      if (told.audience != audience || told.notice.text() != words.zh) continue;
      told.notice.set_action_needed(told.notice.action_needed() || action_needed);
      return;
    }
    v1::Notice notice;
    notice.set_alliance(entry_.alliance());
    notice.set_resource(entry_.resource());
    notice.set_text(std::move(words.zh));
    if (!words.en.empty()) words.en.front() = absl::ascii_toupper(words.en.front());
    notice.set_text_en(std::move(words.en));
    notice.set_action_needed(action_needed);
    told_.push_back({audience, std::move(notice)});
  }

  const std::string& alliance() const { return entry_.alliance(); }
  const std::string& reason() const { return entry_.reason(); }
  const std::string& actor() const { return entry_.actor(); }

  // "11月28日 18:00"; with the year where it is another than that of the entry.
  std::string When(const google::protobuf::Timestamp& time) const {
    const absl::Time when = api::FromProto(time);
    const bool this_year =
        absl::ToCivilYear(when, zone_) == absl::ToCivilYear(api::FromProto(entry_.time()), zone_);
    return absl::FormatTime(this_year ? "%-m月%-d日 %H:%M" : "%Y年%-m月%-d日 %H:%M", when, zone_);
  }
  // "2026-11-28 18:00".
  std::string WhenEn(const google::protobuf::Timestamp& time) const {
    return absl::FormatTime("%Y-%m-%d %H:%M", api::FromProto(time), zone_);
  }

  // The same of a deadline, which is exclusive: midnight is the end of the day before, and is
  // called so.
  std::string By(const google::protobuf::Timestamp& time) const {
    if (!IsMidnight(time)) return When(time);
    std::string day = When(api::ToProto(api::FromProto(time) - absl::Minutes(1)));
    return day.replace(day.size() - 5, 5, "24:00");
  }
  std::string ByEn(const google::protobuf::Timestamp& time) const {
    if (!IsMidnight(time)) return WhenEn(time);
    std::string day = WhenEn(api::ToProto(api::FromProto(time) - absl::Minutes(1)));
    return day.replace(day.size() - 5, 5, "24:00");
  }

  std::vector<Telling> Take() { return std::move(told_); }

 private:
  bool IsMidnight(const google::protobuf::Timestamp& time) const {
    const absl::Time at = api::FromProto(time);
    return absl::FromCivil(absl::ToCivilDay(at, zone_), zone_) == at;
  }

  const journal::v1::Entry& entry_;
  const absl::TimeZone zone_;
  std::vector<Telling> told_;
};

// The rules, by service: each looks whether the entry is on a resource that it knows.
void TellOfAlliance(const journal::v1::Entry& entry, Tellings& tellings);
void TellOfResources(const journal::v1::Entry& entry, Tellings& tellings);
void TellOfMeetings(const journal::v1::Entry& entry, Tellings& tellings);
void TellOfRequests(const journal::v1::Entry& entry, Tellings& tellings);

// Calls `rule` with the change, if the entry is on a `Resource` that stands after it.
template <class Resource, class Rule>
void When(const journal::v1::Entry& entry, const Rule& rule) {
  Changed<Resource> changed;
  if (!entry.after().Is<Resource>() || !entry.after().UnpackTo(&changed.after)) return;
  if (entry.has_before()) entry.before().UnpackTo(&changed.before.emplace());
  rule(changed);
}

// Calls `rule` with what stood before, if the entry is on a `Resource` that does not stand any
// more.
template <class Resource, class Rule>
void WhenGone(const journal::v1::Entry& entry, const Rule& rule) {
  Resource before;
  if (entry.has_after() || !entry.before().Is<Resource>()) return;
  if (entry.before().UnpackTo(&before)) rule(before);
}

}  // namespace jinhuan::meeting
