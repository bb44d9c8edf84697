#include <fmt/format.h>

#include <utility>

#include "jinhuan/meeting/v1/request.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/request_text.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

// A rating up to this says that it is not resolved.
constexpr int kDissatisfied = 2;

// What the journal says of a request is its category alone: what people wrote is not in it.
std::string Kind(v1::RequestCategory category) {
  const std::string text = Text(category);
  return text.empty() ? "诉求" : text + "诉求";
}

std::string KindEn(v1::RequestCategory category) {
  switch (category) {
    case v1::REQUEST_CATEGORY_PARKING:
      return "a request on parking";
    case v1::REQUEST_CATEGORY_MEALS:
      return "a request on meals";
    case v1::REQUEST_CATEGORY_ENVIRONMENT:
      return "a request on the environment";
    case v1::REQUEST_CATEGORY_NOISE:
      return "a request on noise";
    case v1::REQUEST_CATEGORY_SAFETY:
      return "a request on safety";
    case v1::REQUEST_CATEGORY_REPAIR:
      return "a request on a repair";
    default:
      return "a request";
  }
}

// The unit that gets it, and the one that it is taken from.
void OnUnit(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  const std::string due = request.has_due_time()
                              ? fmt::format("，请于 {} 前办结", tellings.By(request.due_time()))
                              : "，请办理";
  const std::string due_en =
      request.has_due_time() ? fmt::format(", due {}", tellings.ByEn(request.due_time())) : "";
  tellings.Tell(LiaisonsOf(request.member()),
                {fmt::format("本单位收到一件{}{}", Kind(request.category()), due),
                 fmt::format("your unit has {}{}", KindEn(request.category()), due_en)},
                true);
  if (change.before.has_value() && !change.before->member().empty()) {
    tellings.Tell(LiaisonsOf(change.before->member()),
                  {fmt::format("一件{}已改派{}：{}", Kind(request.category()),
                               request.member_display_name(), tellings.reason()),
                   fmt::format("{} went to {} instead: {}", KindEn(request.category()),
                               request.member_display_name(), tellings.reason())});
  }
}

bool IsResolved(v1::Request::State state) {
  return state == v1::Request::STATE_RESOLVED || state == v1::Request::STATE_RATED;
}

// What it took for resolved is to be done again.
void OnReopened(const Changed<v1::Request>& change, Tellings& tellings) {
  if (!change.before.has_value() || !IsResolved(change.before->state()) ||
      !change.Became(v1::Request::STATE_DISPATCHED)) {
    return;
  }
  tellings.Tell(LiaisonsOf(change.after.member()),
                {fmt::format("本单位办结的一件{}被退回重办：{}", Kind(change.after.category()),
                             tellings.reason()),
                 fmt::format("{} that your unit resolved was sent back: {}",
                             KindEn(change.after.category()), tellings.reason())},
                true);
}

// How far a request is, and with whom; a merged one is as far as the one that it goes on in.
std::pair<v1::Request::State, std::string> StageOf(const v1::Request& request) {
  if (request.has_progress()) {
    return {request.progress().state(), request.progress().member_display_name()};
  }
  return {request.state(), request.member_display_name()};
}

// What its reporter hears; who sent an alert is a system, which reads no inbox.
void OnReporter(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  if (!change.before.has_value() || !request.source().empty()) return;
  const std::string reporter = ThePerson(request.reporter());
  const std::string kind = Kind(request.category());
  const std::string kind_en = KindEn(request.category());
  if (change.Became(v1::Request::STATE_MERGED)) {
    tellings.Tell(reporter,
                  {fmt::format("您的{}已与相同诉求并案办理，进展照常可查", kind),
                   fmt::format("{} of yours goes on together with the same of others", kind_en)});
    return;
  }
  const auto [state, unit] = StageOf(request);
  if (StageOf(*change.before) == StageOf(request)) return;
  if (state == v1::Request::STATE_DISPATCHED && IsResolved(StageOf(*change.before).first)) {
    tellings.Tell(reporter,
                  {fmt::format("您的{}已退回{}重新办理", kind, unit),
                   fmt::format("{} of yours went back to {} to be done again", kind_en, unit)});
  } else if (state == v1::Request::STATE_DISPATCHED) {
    tellings.Tell(reporter, {fmt::format("您的{}已派给{}", kind, unit),
                             fmt::format("{} of yours went to {}", kind_en, unit)});
  } else if (state == v1::Request::STATE_IN_PROGRESS) {
    tellings.Tell(reporter, {fmt::format("您的{}已由{}开始办理", kind, unit),
                             fmt::format("{} has taken up {} of yours", unit, kind_en)});
  } else if (state == v1::Request::STATE_RESOLVED) {
    tellings.Tell(reporter,
                  {fmt::format("您的{}已由{}办结，请评价", kind, unit),
                   fmt::format("{} has resolved {} of yours, please rate", unit, kind_en)},
                  true);
  }
}

// Its clock has run out: who has it hears, and the street, which dispatches what nobody has.
void OnOverdue(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  if (!request.has_overdue_time()) return;
  if (change.before.has_value() && change.before->has_overdue_time()) return;
  const std::string kind = Kind(request.category());
  const std::string kind_en = KindEn(request.category());
  const std::string due = tellings.By(request.due_time());
  const std::string due_en = tellings.ByEn(request.due_time());
  const std::string street = TheStreet(tellings.alliance());
  if (request.member().empty()) {
    tellings.Tell(
        street,
        {fmt::format("一件{}应于 {} 前办结，已逾期，尚无单位承办，请派单", kind, due),
         fmt::format("{} was due {}, and no unit has it: please dispatch", kind_en, due_en)},
        true);
    return;
  }
  tellings.Tell(LiaisonsOf(request.member()),
                {fmt::format("本单位承办的一件{}应于 {} 前办结，已逾期，请尽快办结", kind, due),
                 fmt::format("{} that your unit has was due {}", kind_en, due_en)},
                true);
  tellings.Tell(street, {fmt::format("{}承办的一件{}应于 {} 前办结，已逾期",
                                     request.member_display_name(), kind, due),
                         fmt::format("{} that {} has was due {}", kind_en,
                                     request.member_display_name(), due_en)});
}

// Who handled it hears what its reporter thinks of it, also the one of a request that went on in
// another; the street, which may send it back, hears where that is little.
void OnRating(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  const int before = change.before.has_value() ? change.before->rating() : 0;
  if (request.rating() == before || request.rating() == 0 || request.member().empty()) return;
  tellings.Tell(
      LiaisonsOf(request.member()),
      {fmt::format("本单位办结的一件{}被评为 {} 分", Kind(request.category()), request.rating()),
       fmt::format("{} that your unit resolved was rated {} of 5", KindEn(request.category()),
                   request.rating())});
  if (request.rating() > kDissatisfied || !IsResolved(request.state())) return;
  tellings.Tell(
      TheStreet(tellings.alliance()),
      {fmt::format("{}办结的一件{}被评为 {} 分，可退回重办", request.member_display_name(),
                   Kind(request.category()), request.rating()),
       fmt::format("{} that {} resolved was rated {} of 5; it can be sent back",
                   KindEn(request.category()), request.member_display_name(), request.rating())},
      true);
}

void OnRequest(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  const std::string before = change.before.has_value() ? change.before->member() : "";
  // A merged one names a unit once it is rated: it had it in the other.
  const bool merged = request.state() == v1::Request::STATE_MERGED;
  if (!merged && !request.member().empty() && request.member() != before) {
    OnUnit(change, tellings);
  } else if (!change.before.has_value() && !merged) {
    tellings.Tell(
        TheStreet(tellings.alliance()),
        {fmt::format("收到一件{}，尚无单位承办，请派单", Kind(request.category())),
         fmt::format("{} came in that no unit has, please dispatch", KindEn(request.category()))},
        true);
  }
  OnReopened(change, tellings);
  OnReporter(change, tellings);
  OnOverdue(change, tellings);
  OnRating(change, tellings);
}

}  // namespace

void TellOfRequests(const journal::v1::Entry& entry, Tellings& tellings) {
  When<v1::Request>(entry, [&](const auto& change) { OnRequest(change, tellings); });
}

}  // namespace jinhuan::meeting
