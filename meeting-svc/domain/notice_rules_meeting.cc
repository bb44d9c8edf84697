#include <fmt/format.h>

#include "jinhuan/meeting/v1/handover.pb.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

void OnMeeting(const Changed<v1::Meeting>& change, Tellings& tellings) {
  const v1::Meeting& meeting = change.after;
  if (change.Became(v1::Meeting::STATE_CONVENED)) {
    tellings.Tell(AllLiaisons(tellings.alliance()),
                  {fmt::format("{} 召开{}，请答复是否参会", tellings.When(meeting.start_time()),
                               meeting.title()),
                   fmt::format("{} on {}: please answer", meeting.title(),
                               tellings.WhenEn(meeting.start_time()))},
                  true);
  } else if (change.Became(v1::Meeting::STATE_CANCELLED) &&
             change.before->state() == v1::Meeting::STATE_CONVENED) {
    tellings.Tell(AllLiaisons(tellings.alliance()),
                  {fmt::format("{} 的{}已取消：{}", tellings.When(meeting.start_time()),
                               meeting.title(), meeting.cancel_reason()),
                   fmt::format("{} on {} is called off", meeting.title(),
                               tellings.WhenEn(meeting.start_time()))});
  }
}

void OnHandover(const Changed<v1::Handover>& change, Tellings& tellings) {
  const v1::Handover& handover = change.after;
  const std::vector<std::string> both = {LiaisonsOf(handover.outgoing_member()),
                                         LiaisonsOf(handover.incoming_member())};
  const bool late = handover.has_escalate_time() &&
                    !(change.before.has_value() && change.before->has_escalate_time());
  if (late) {
    const Tellings::Words words{"轮值任期已开始，交接尚未签署完毕，请尽快补签",
                                "the term has begun and its handover is not signed by both"};
    for (const std::string& unit : both) tellings.Tell(unit, words, true);
    tellings.Tell(TheStreet(tellings.alliance()), words, true);
  } else if (handover.state() == v1::Handover::STATE_SIGNED) {
    for (const std::string& unit : both) {
      tellings.Tell(unit, {"轮值交接已由双方签署", "the handover is signed by both"});
    }
  } else if (handover.has_outgoing_signature()) {
    tellings.Tell(both[1],
                  {"轮值交接已由移交方签署，请核对后签署", "the handover awaits your signature"},
                  true);
  } else if (handover.has_incoming_signature()) {
    tellings.Tell(both[0],
                  {"轮值交接已由接任方签署，请核对后签署", "the handover awaits your signature"},
                  true);
  }
}

}  // namespace

void TellOfMeetings(const journal::v1::Entry& entry, Tellings& tellings) {
  When<v1::Meeting>(entry, [&](const auto& change) { OnMeeting(change, tellings); });
  When<v1::Handover>(entry, [&](const auto& change) { OnHandover(change, tellings); });
}

}  // namespace jinhuan::meeting
