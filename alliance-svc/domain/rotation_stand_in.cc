#include "alliance-svc/domain/rotation_stand_in.h"

#include <algorithm>
#include <vector>

#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_standing.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance::chair {
namespace {

absl::Time Start(const v1::StandIn& stand_in) { return api::FromProto(stand_in.start_time()); }
absl::Time End(const v1::StandIn& stand_in) { return api::FromProto(stand_in.end_time()); }

absl::Status Impossible(std::string_view rule, std::string_view rule_zh) {
  return Error(v1::ERROR_REASON_STAND_IN_IMPOSSIBLE,
               {{"rule", std::string(rule)}, {"rule_zh", std::string(rule_zh)}});
}

absl::Status CheckTime(const v1::ChairTerm& term, absl::Time start, absl::Time end) {
  for (const v1::StandIn& other : term.stand_ins()) {
    if (other.replacement()) {
      return Impossible("the chair of this term was replaced already", "该任期的主席单位已被接替");
    }
    if (!other.automatic() && Start(other) < end && start < End(other)) {
      return Impossible("another unit stands in at that time", "该时段已安排其他单位代理");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckUnit(const Record& record, const v1::ChairTerm& term, const std::string& member,
                       absl::Time start, absl::Time end) {
  if (member.empty()) {
    return Impossible("no unit can stand in at that time", "该时段没有可代理的单位");
  }
  if (member == term.member()) {
    return Impossible("a unit can't stand in for itself", "不能由本任期的主席单位代理自己");
  }
  if (!IsActive(record, member)) {
    return Impossible("the unit is not active", "该单位不是有效成员单位");
  }
  if (DeclaredFor(record, member, v1::Unavailability::STRENGTH_CANNOT, start, end) != nullptr) {
    return Impossible("the unit has declared that it can't at that time",
                      "该单位已申报该时段不能担任");
  }
  return absl::OkStatus();
}

}  // namespace

void InsertStandIn(v1::ChairTerm& term, v1::StandIn stand_in) {
  *term.add_stand_ins() = std::move(stand_in);
  std::sort(term.mutable_stand_ins()->begin(), term.mutable_stand_ins()->end(),
            [](const v1::StandIn& a, const v1::StandIn& b) { return Start(a) < Start(b); });
}

void CutFrom(v1::ChairTerm& term, absl::Time start, absl::Time end) {
  std::vector<v1::StandIn> kept;
  for (v1::StandIn& stand_in : *term.mutable_stand_ins()) {
    const bool touched = Start(stand_in) < end && start < End(stand_in);
    if (touched && Start(stand_in) < start) *stand_in.mutable_end_time() = api::ToProto(start);
    if (touched && Start(stand_in) >= start) *stand_in.mutable_start_time() = api::ToProto(end);
    if (Start(stand_in) < End(stand_in)) kept.push_back(std::move(stand_in));
  }
  term.mutable_stand_ins()->Assign(kept.begin(), kept.end());
}

std::optional<Passing> ShareSpent(const Record& record, const v1::ChairTerm& term) {
  const absl::Duration length = api::FromProto(term.end_time()) - api::FromProto(term.start_time());
  absl::Duration left = length * record.charter.rotation().replacement_percent() / 100;
  for (int i = 0; i < term.stand_ins_size(); ++i) {
    const v1::StandIn& stand_in = term.stand_ins(i);
    if (stand_in.replacement()) return std::nullopt;
    const absl::Duration part = End(stand_in) - Start(stand_in);
    if (part > left) return Passing{i, Start(stand_in) + left};
    left -= part;
  }
  return std::nullopt;
}

void MakeReplacement(v1::ChairTerm& term, int stand_in) {
  term.mutable_stand_ins(stand_in)->set_replacement(true);
  const v1::StandIn replacement = term.stand_ins(stand_in);
  std::vector<v1::StandIn> gaps;
  absl::Time from = End(replacement);
  const auto fill = [&](absl::Time until) {
    if (from >= until) return;
    v1::StandIn& gap = gaps.emplace_back(replacement);
    *gap.mutable_start_time() = api::ToProto(from);
    *gap.mutable_end_time() = api::ToProto(until);
  };
  for (int i = stand_in + 1; i < term.stand_ins_size(); ++i) {
    fill(Start(term.stand_ins(i)));
    from = End(term.stand_ins(i));
  }
  fill(api::FromProto(term.end_time()));
  // What only goes on is one stand-in.
  if (!gaps.empty() && Start(gaps.front()) == End(replacement)) {
    *term.mutable_stand_ins(stand_in)->mutable_end_time() = gaps.front().end_time();
    gaps.erase(gaps.begin());
  }
  for (v1::StandIn& gap : gaps) InsertStandIn(term, std::move(gap));
}

absl::Status AddStandIn(Record& record, size_t index, v1::StandIn wanted) {
  v1::ChairTerm& term = *record.terms[index].mutable_term();
  const absl::Time start = Start(wanted);
  const absl::Time end = End(wanted);
  if (EndOf(record.terms[index]) <= record.settled) {
    return Impossible("the term is over", "该任期已结束");
  }
  JH_RETURN_IF_ERROR(CheckTime(term, start, end));
  if (wanted.member().empty()) wanted.set_member(StandInByRule(record, index, start, end));
  JH_RETURN_IF_ERROR(CheckUnit(record, term, wanted.member(), start, end));
  wanted.set_automatic(false);
  wanted.set_charter_version(record.charter.version());
  CutFrom(term, start, end);
  InsertStandIn(term, std::move(wanted));
  // A stand-in that is known to pass the share replaces the chair from the beginning.
  if (const auto passing = ShareSpent(record, term);
      passing.has_value() && !term.stand_ins(passing->stand_in).automatic()) {
    MakeReplacement(term, passing->stand_in);
  }
  OutdateDrafts(record);
  return absl::OkStatus();
}

}  // namespace jinhuan::alliance::chair
