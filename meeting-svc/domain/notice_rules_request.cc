#include <fmt/format.h>

#include "jinhuan/meeting/v1/request.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/request_text.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

constexpr int kPoor = 2;  // so many stars or fewer are worth a word to who handled it

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
                              ? fmt::format("，请于 {} 前办结", tellings.When(request.due_time()))
                              : "，请办理";
  const std::string due_en =
      request.has_due_time() ? fmt::format(", due {}", tellings.WhenEn(request.due_time())) : "";
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

// What its reporter hears; who sent an alert is a system, which reads no inbox.
void OnReporter(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  if (!request.source().empty()) return;
  const std::string reporter = ThePerson(request.reporter());
  const std::string kind = Kind(request.category());
  const std::string kind_en = KindEn(request.category());
  if (change.Became(v1::Request::STATE_IN_PROGRESS)) {
    tellings.Tell(
        reporter,
        {fmt::format("您的{}已由{}开始办理", kind, request.member_display_name()),
         fmt::format("{} has taken up {} of yours", request.member_display_name(), kind_en)});
  } else if (change.Became(v1::Request::STATE_RESOLVED)) {
    tellings.Tell(reporter,
                  {fmt::format("您的{}已由{}办结，请评价", kind, request.member_display_name()),
                   fmt::format("{} has resolved {} of yours, please rate",
                               request.member_display_name(), kind_en)},
                  true);
  }
}

void OnRequest(const Changed<v1::Request>& change, Tellings& tellings) {
  const v1::Request& request = change.after;
  const std::string before = change.before.has_value() ? change.before->member() : "";
  if (!request.member().empty() && request.member() != before) {
    OnUnit(change, tellings);
  } else if (!change.before.has_value()) {
    tellings.Tell(
        TheStreet(tellings.alliance()),
        {fmt::format("收到一件{}，尚无单位承办，请派单", Kind(request.category())),
         fmt::format("{} came in that no unit has, please dispatch", KindEn(request.category()))},
        true);
  }
  OnReporter(change, tellings);
  if (change.Became(v1::Request::STATE_RATED) && request.rating() <= kPoor) {
    tellings.Tell(
        LiaisonsOf(request.member()),
        {fmt::format("本单位办结的一件{}被评为 {} 分", Kind(request.category()), request.rating()),
         fmt::format("{} that your unit resolved was rated {} of 5", KindEn(request.category()),
                     request.rating())});
  }
}

}  // namespace

void TellOfRequests(const journal::v1::Entry& entry, Tellings& tellings) {
  When<v1::Request>(entry, [&](const auto& change) { OnRequest(change, tellings); });
}

}  // namespace jinhuan::meeting
