#include <fmt/format.h>

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/domain/telling.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ChairTerm;
using alliance::v1::Charter;
using alliance::v1::Member;
using alliance::v1::TermSwap;

void OnMember(const Changed<Member>& change, Tellings& tellings) {
  const Member& member = change.after;
  const std::string& unit = member.display_name();
  if (change.Became(Member::STATE_APPLIED)) {
    tellings.Tell(TheStreet(tellings.alliance()),
                  {fmt::format("{}申请加入联盟，请审核", unit),
                   fmt::format("{} applies to join: please decide", unit)},
                  true);
  }
  if (!change.before.has_value()) return;
  if (change.Became(Member::STATE_ACTIVE) && change.before->state() == Member::STATE_SUSPENDED) {
    tellings.Tell(AllLiaisons(tellings.alliance()),
                  {fmt::format("{}已恢复成员资格", unit), fmt::format("{} is back", unit)});
  } else if (change.Became(Member::STATE_ACTIVE)) {
    tellings.Tell(AllLiaisons(tellings.alliance()), {fmt::format("{}成为联盟成员单位", unit),
                                                     fmt::format("{} is a member now", unit)});
  } else if (change.Became(Member::STATE_SUSPENDED)) {
    tellings.Tell(LiaisonsOf(member.name()),
                  {fmt::format("本单位已被暂停：{}", member.state_reason()),
                   fmt::format("Your unit was suspended: {}", member.state_reason())});
  } else if (change.Became(Member::STATE_WITHDRAWN)) {
    tellings.Tell(AllLiaisons(tellings.alliance()),
                  {fmt::format("{}已退出联盟", unit), fmt::format("{} has left", unit)});
  }
}

void OnCharter(const Changed<Charter>& change, Tellings& tellings) {
  const Charter& charter = change.after;
  if (change.before.has_value() || charter.version() == 1) return;
  const auto& day = charter.effective_date();
  tellings.Tell(
      Everyone(tellings.alliance()),
      {fmt::format("章程第 {} 版已通过，自 {} 年 {} 月 {} 日起施行", charter.version(), day.year(),
                   day.month(), day.day()),
       fmt::format("Version {} of the charter was adopted, in force from {:04}-{:02}-{:02}",
                   charter.version(), day.year(), day.month(), day.day())});
}

void OnTerm(const Changed<ChairTerm>& change, Tellings& tellings) {
  const ChairTerm& term = change.after;
  const bool moved = !change.before.has_value() || change.before->member() != term.member();
  if (moved) {
    tellings.Tell(LiaisonsOf(term.member()),
                  {fmt::format("本单位将自 {} 起担任轮值主席", tellings.When(term.start_time())),
                   fmt::format("Your unit chairs from {}", tellings.WhenEn(term.start_time()))});
    if (change.before.has_value() && !change.before->member().empty()) {
      tellings.Tell(LiaisonsOf(change.before->member()),
                    {fmt::format("自 {} 起的轮值任期已改由{}担任", tellings.When(term.start_time()),
                                 term.member_display_name()),
                     fmt::format("The term from {} is now {}'s", tellings.WhenEn(term.start_time()),
                                 term.member_display_name())});
    }
  }
  const int before = change.before.has_value() ? change.before->stand_ins_size() : 0;
  for (int i = before; i < term.stand_ins_size(); ++i) {
    const auto& one = term.stand_ins(i);
    tellings.Tell(LiaisonsOf(one.member()),
                  {fmt::format("本单位自 {} 起代理轮值主席：{}", tellings.When(one.start_time()),
                               one.reason()),
                   fmt::format("Your unit stands in for the chair from {}",
                               tellings.WhenEn(one.start_time()))},
                  true);
  }
}

void OnSwap(const Changed<TermSwap>& change, Tellings& tellings) {
  const TermSwap& swap = change.after;
  if (!change.before.has_value()) {
    tellings.Tell(LiaisonsOf(swap.other_member()),
                  {fmt::format("{}提出互换轮值任期：{}", swap.member_display_name(), swap.reason()),
                   fmt::format("{} asks to exchange terms", swap.member_display_name())},
                  true);
    return;
  }
  if (change.Became(TermSwap::STATE_ACCEPTED)) {
    tellings.Tell(TheStreet(tellings.alliance()),
                  {fmt::format("{}与{}互换任期，请审批", swap.member_display_name(),
                               swap.other_member_display_name()),
                   fmt::format("{} and {} would exchange terms: please decide",
                               swap.member_display_name(), swap.other_member_display_name())},
                  true);
  } else if (change.before->state() != swap.state()) {
    const bool done = swap.state() == TermSwap::STATE_APPROVED;
    const Tellings::Words words{
        done ? "互换轮值任期已获批准" : fmt::format("互换轮值任期未成：{}", swap.state_reason()),
        done ? "The exchange of terms was approved" : "The exchange of terms did not come about"};
    tellings.Tell(LiaisonsOf(swap.member()), words);
    tellings.Tell(LiaisonsOf(swap.other_member()), words);
  }
}

}  // namespace

void TellOfAlliance(const journal::v1::Entry& entry, Tellings& tellings) {
  When<Member>(entry, [&](const auto& change) { OnMember(change, tellings); });
  When<Charter>(entry, [&](const auto& change) { OnCharter(change, tellings); });
  When<ChairTerm>(entry, [&](const auto& change) { OnTerm(change, tellings); });
  When<TermSwap>(entry, [&](const auto& change) { OnSwap(change, tellings); });
}

}  // namespace jinhuan::meeting
