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
using resource::v1::PassRecall;

void OnBooking(const Changed<Booking>& change, Tellings& tellings) {
  const Booking& booking = change.after;
  // The days of a pass are decided on as one, and told of with it, also what a closure takes.
  if (!booking.pass().empty()) return;
  const std::string what =
      fmt::format("{} {}", tellings.When(booking.start_time()), booking.facility_display_name());
  const std::string what_en =
      fmt::format("{}, {}", booking.facility_display_name(), tellings.WhenEn(booking.start_time()));
  const std::string person = ThePerson(booking.user());
  if (change.Became(Booking::STATE_PENDING) && !booking.lender().empty()) {
    tellings.Tell(LiaisonsOf(booking.lender()),
                  {what + " 有一个预约待审批", "A booking awaits your approval: " + what_en}, true);
  }
  if (!change.before.has_value()) return;
  if (change.Became(Booking::STATE_CONFIRMED) && change.before->state() == Booking::STATE_PENDING) {
    tellings.Tell(person, {what + " 的预约已获批准", "Your booking was approved: " + what_en});
  } else if (change.Became(Booking::STATE_REJECTED)) {
    tellings.Tell(person, {fmt::format("{} 的预约未获批准：{}", what, booking.cancel_reason()),
                           "Your booking was refused: " + what_en});
  } else if (change.Became(Booking::STATE_OFFERED)) {
    tellings.Tell(
        person,
        {fmt::format("{} 候补到位，请在 {} 前确认", what, tellings.By(booking.expire_time())),
         "A place is free for you, please accept: " + what_en},
        true);
  } else if (change.Became(Booking::STATE_EXPIRED)) {
    tellings.Tell(person, {what + " 的预约已过期", "Your booking expired: " + what_en});
  } else if (change.Became(Booking::STATE_RECALLED)) {
    tellings.Tell(person,
                  {fmt::format("{} 因停用被收回：{}", what, booking.cancel_reason()),
                   "Your booking was taken back: " + what_en},
                  true);
  } else if (change.Became(Booking::STATE_NO_SHOW)) {
    tellings.Tell(person, {what + " 未到场，预约已失效", "You did not come: " + what_en});
  } else if (change.Became(Booking::STATE_CANCELLED) && tellings.actor() != booking.user()) {
    tellings.Tell(person, {fmt::format("{} 的预约已被取消：{}", what, booking.cancel_reason()),
                           "Your booking was cancelled: " + what_en});
  }
}

void OnPass(const Changed<Pass>& change, Tellings& tellings) {
  const Pass& pass = change.after;
  const std::string& where = pass.facility_display_name();
  const std::string person = ThePerson(pass.user());
  if (change.Became(Pass::STATE_PENDING)) {
    tellings.Tell(LiaisonsOf(pass.lender()),
                  {fmt::format("{} 有一张月卡待审批", where),
                   fmt::format("A pass awaits your approval: {}", where)},
                  true);
  } else if (!change.before.has_value()) {
    return;
  } else if (change.Became(Pass::STATE_ACTIVE)) {
    tellings.Tell(person, {fmt::format("{} 的月卡已获批准", where),
                           fmt::format("Your pass was approved: {}", where)});
  } else if (change.Became(Pass::STATE_REJECTED)) {
    tellings.Tell(person,
                  {fmt::format("{} 的月卡未获批准：{}", where, pass.cancel_reason()),
                   fmt::format("Your pass was refused: {} ({})", where, pass.cancel_reason())});
  } else if (change.Became(Pass::STATE_EXPIRED)) {
    tellings.Tell(person, {fmt::format("{} 的月卡申请未在时限内审批，已失效", where),
                           fmt::format("Nobody decided on your pass in time: {}", where)});
    tellings.Tell(LiaisonsOf(pass.lender()),
                  {fmt::format("{} 有一张月卡申请未在时限内审批，已失效", where),
                   fmt::format("A pass was not decided on in time: {}", where)});
  } else if (change.Became(Pass::STATE_ENDED)) {
    tellings.Tell(person, {fmt::format("{} 的月卡已到期", where),
                           fmt::format("Your pass has ended: {}", where)});
  } else if (change.Became(Pass::STATE_CANCELLED) && tellings.actor() != pass.user()) {
    tellings.Tell(person,
                  {fmt::format("{} 的月卡已被取消：{}", where, pass.cancel_reason()),
                   fmt::format("Your pass was cancelled: {} ({})", where, pass.cancel_reason())});
  }
}

void OnPassRecall(const Changed<PassRecall>& change, Tellings& tellings) {
  const PassRecall& recall = change.after;
  const std::string& where = recall.facility_display_name();
  const std::string first = tellings.When(recall.first_start_time());
  const std::string last = tellings.When(recall.last_start_time());
  tellings.Tell(ThePerson(recall.user()),
                {recall.days() == 1
                     ? fmt::format("{} 的月卡 {} 因停用被收回：{}", where, first, recall.reason())
                     : fmt::format("{} 的月卡有 {} 天（{} 至 {}）因停用被收回：{}", where,
                                   recall.days(), first, last, recall.reason()),
                 fmt::format("Days of your pass were taken back: {}, {} from {} to {} ({})", where,
                             recall.days(), tellings.WhenEn(recall.first_start_time()),
                             tellings.WhenEn(recall.last_start_time()), recall.reason())},
                true);
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
  say(LotteryRequest::STATE_WON, "摇号中签，预约已生成", "The draw gave you a place");
  say(LotteryRequest::STATE_LOST, "摇号未中签", "The draw gave you no place");
  say(LotteryRequest::STATE_VOID, "的申请未能参加摇号", "Your request took no part in the draw");
}

// Each side hears how the other one found it.
void OnMatchRatings(const Changed<Match>& change, Tellings& tellings) {
  if (!change.before.has_value()) return;
  const Match& match = change.after;
  const auto tell = [&](const std::string& unit, int score) {
    tellings.Tell(LiaisonsOf(unit),
                  {fmt::format("对接方给本单位评 {} 分：{}", score, match.title()),
                   fmt::format("The other side rated you {} of 5: {}", score, match.title())});
  };
  if (match.has_giver_rating() && !change.before->has_giver_rating()) {
    tell(match.taker(), match.giver_rating().score());
  }
  if (match.has_taker_rating() && !change.before->has_taker_rating()) {
    tell(match.giver(), match.taker_rating().score());
  }
}

void OnMatch(const Changed<Match>& change, Tellings& tellings) {
  const Match& match = change.after;
  OnMatchRatings(change, tellings);
  const std::string& title = match.title();
  if (change.Became(Match::STATE_CLAIMED)) {
    tellings.Tell(LiaisonsOf(match.publisher()),
                  {fmt::format("本单位发布的《{}》被认领，请答复", title),
                   fmt::format("What you published was claimed, please answer: {}", title)},
                  true);
  } else if (change.Became(Match::STATE_AGREED)) {
    tellings.Tell(LiaisonsOf(match.claimant()), {fmt::format("认领的《{}》已达成对接", title),
                                                 fmt::format("Your claim was agreed: {}", title)});
  } else if (change.Became(Match::STATE_DELIVERED) || change.Became(Match::STATE_COMPLETED) ||
             change.Became(Match::STATE_WITHDRAWN)) {
    const bool done = match.state() != Match::STATE_WITHDRAWN;
    for (const std::string& unit : {match.publisher(), match.claimant()}) {
      tellings.Tell(
          LiaisonsOf(unit),
          {fmt::format("对接事项《{}》{}", title, done ? "有新进展" : "已撤回"),
           fmt::format("A match {}: {}", done ? "has moved on" : "was withdrawn", title)});
    }
  }
}

}  // namespace

void TellOfResources(const journal::v1::Entry& entry, Tellings& tellings) {
  When<Booking>(entry, [&](const auto& change) { OnBooking(change, tellings); });
  When<PassRecall>(entry, [&](const auto& change) { OnPassRecall(change, tellings); });
  When<Pass>(entry, [&](const auto& change) { OnPass(change, tellings); });
  When<LotteryRequest>(entry, [&](const auto& change) { OnLotteryRequest(change, tellings); });
  When<Match>(entry, [&](const auto& change) { OnMatch(change, tellings); });
}

}  // namespace jinhuan::meeting
