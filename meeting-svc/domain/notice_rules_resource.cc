#include <fmt/format.h>

#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "jinhuan/resource/v1/lottery.pb.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

using resource::v1::Booking;
using resource::v1::LotteryRequest;
using resource::v1::Match;
using resource::v1::Pass;

void OnBooking(const Changed<Booking>& change, Tellings& tellings) {
  const Booking& booking = change.after;
  // The days of a pass are decided on as one, and told of with it; a closure takes them singly.
  if (!booking.pass().empty() && booking.state() != Booking::STATE_RECALLED) return;
  const std::string what =
      fmt::format("{} {}", tellings.When(booking.start_time()), booking.facility_display_name());
  const std::string what_en =
      fmt::format("{}, {}", booking.facility_display_name(), tellings.WhenEn(booking.start_time()));
  const std::string person = ThePerson(booking.user());
  if (change.Became(Booking::STATE_PENDING) && !booking.lender().empty()) {
    tellings.Tell(LiaisonsOf(booking.lender()),
                  {what + " 有一个预约待审批", "a booking awaits your approval: " + what_en}, true);
  }
  if (!change.before.has_value()) return;
  if (change.Became(Booking::STATE_CONFIRMED) && change.before->state() == Booking::STATE_PENDING) {
    tellings.Tell(person, {what + " 的预约已获批准", "your booking was approved: " + what_en});
  } else if (change.Became(Booking::STATE_REJECTED)) {
    tellings.Tell(person, {fmt::format("{} 的预约未获批准：{}", what, booking.cancel_reason()),
                           "your booking was refused: " + what_en});
  } else if (change.Became(Booking::STATE_OFFERED)) {
    tellings.Tell(
        person,
        {fmt::format("{} 候补到位，请在 {} 前确认", what, tellings.When(booking.expire_time())),
         "a place is free for you, please accept: " + what_en},
        true);
  } else if (change.Became(Booking::STATE_EXPIRED)) {
    tellings.Tell(person, {what + " 的预约已过期", "your booking expired: " + what_en});
  } else if (change.Became(Booking::STATE_RECALLED)) {
    tellings.Tell(person,
                  {fmt::format("{} 因停用被收回：{}", what, booking.cancel_reason()),
                   "your booking was taken back: " + what_en},
                  true);
  } else if (change.Became(Booking::STATE_NO_SHOW)) {
    tellings.Tell(person, {what + " 未到场，预约已失效", "you did not come: " + what_en});
  } else if (change.Became(Booking::STATE_CANCELLED) && tellings.actor() != booking.user()) {
    tellings.Tell(person, {fmt::format("{} 的预约已被取消：{}", what, booking.cancel_reason()),
                           "your booking was cancelled: " + what_en});
  }
}

void OnPass(const Changed<Pass>& change, Tellings& tellings) {
  const Pass& pass = change.after;
  const std::string& where = pass.facility_display_name();
  const std::string person = ThePerson(pass.user());
  if (change.Became(Pass::STATE_PENDING)) {
    tellings.Tell(LiaisonsOf(pass.lender()),
                  {fmt::format("{} 有一张月卡待审批", where),
                   fmt::format("a pass awaits your approval: {}", where)},
                  true);
  } else if (!change.before.has_value()) {
    return;
  } else if (change.Became(Pass::STATE_ACTIVE)) {
    tellings.Tell(person, {fmt::format("{} 的月卡已获批准", where),
                           fmt::format("your pass was approved: {}", where)});
  } else if (change.Became(Pass::STATE_REJECTED)) {
    tellings.Tell(person,
                  {fmt::format("{} 的月卡未获批准：{}", where, pass.cancel_reason()),
                   fmt::format("your pass was refused: {} ({})", where, pass.cancel_reason())});
  } else if (change.Became(Pass::STATE_CANCELLED) && tellings.actor() != pass.user()) {
    tellings.Tell(person,
                  {fmt::format("{} 的月卡已被取消：{}", where, pass.cancel_reason()),
                   fmt::format("your pass was cancelled: {} ({})", where, pass.cancel_reason())});
  }
}

// Who asked hears what the draw gave.
void OnLotteryRequest(const Changed<LotteryRequest>& change, Tellings& tellings) {
  const LotteryRequest& request = change.after;
  const auto say = [&](LotteryRequest::State state, const char* zh, const char* en) {
    if (!change.Became(state)) return;
    tellings.Tell(ThePerson(request.user()),
                  {fmt::format("{} {} {}", tellings.When(request.start_time()),
                               request.facility_display_name(), zh),
                   fmt::format("{}: {}, {}", en, request.facility_display_name(),
                               tellings.WhenEn(request.start_time()))});
  };
  say(LotteryRequest::STATE_WON, "摇号中签，预约已生成", "the draw gave you a place");
  say(LotteryRequest::STATE_LOST, "摇号未中签", "the draw gave you no place");
  say(LotteryRequest::STATE_VOID, "的申请未能参加摇号", "your request took no part in the draw");
}

void OnMatch(const Changed<Match>& change, Tellings& tellings) {
  const Match& match = change.after;
  if (change.Became(Match::STATE_CLAIMED)) {
    tellings.Tell(
        LiaisonsOf(match.publisher()),
        {"本单位发布的清单项被认领，请答复", "what you published was claimed: please answer"},
        true);
  } else if (change.Became(Match::STATE_AGREED)) {
    tellings.Tell(LiaisonsOf(match.claimant()), {"认领已达成对接", "your claim was agreed"});
  } else if (change.Became(Match::STATE_DELIVERED) || change.Became(Match::STATE_COMPLETED) ||
             change.Became(Match::STATE_WITHDRAWN)) {
    const bool done = match.state() != Match::STATE_WITHDRAWN;
    for (const std::string& unit : {match.publisher(), match.claimant()}) {
      tellings.Tell(LiaisonsOf(unit), {done ? "对接事项有新进展" : "对接事项已撤回",
                                       done ? "a match has moved on" : "a match was withdrawn"});
    }
  }
}

}  // namespace

void TellOfResources(const journal::v1::Entry& entry, Tellings& tellings) {
  When<Booking>(entry, [&](const auto& change) { OnBooking(change, tellings); });
  When<Pass>(entry, [&](const auto& change) { OnPass(change, tellings); });
  When<LotteryRequest>(entry, [&](const auto& change) { OnLotteryRequest(change, tellings); });
  When<Match>(entry, [&](const auto& change) { OnMatch(change, tellings); });
}

}  // namespace jinhuan::meeting
