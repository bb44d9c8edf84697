#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

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
  void Tell(const std::string& audience, Words words, bool action_needed = false) {
    v1::Notice notice;
    notice.set_alliance(entry_.alliance());
    notice.set_resource(entry_.resource());
    notice.set_text(std::move(words.zh));
    notice.set_text_en(std::move(words.en));
    notice.set_action_needed(action_needed);
    told_.push_back({audience, std::move(notice)});
  }

  const std::string& alliance() const { return entry_.alliance(); }
  const std::string& reason() const { return entry_.reason(); }
  const std::string& actor() const { return entry_.actor(); }

  // "11月28日 18:00".
  std::string When(const google::protobuf::Timestamp& time) const {
    return absl::FormatTime("%-m月%-d日 %H:%M", api::FromProto(time), zone_);
  }
  // "2026-11-28 18:00".
  std::string WhenEn(const google::protobuf::Timestamp& time) const {
    return absl::FormatTime("%Y-%m-%d %H:%M", api::FromProto(time), zone_);
  }

  std::vector<Telling> Take() { return std::move(told_); }

 private:
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

}  // namespace jinhuan::meeting
