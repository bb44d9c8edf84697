#include "meeting-svc/domain/procedure_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "alliance-svc/facts/date.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_body.h"
#include "platform/api/time.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using v1::Procedure;
using v1::Stage;
using v1::Step;

constexpr int kMaxStages = 12;
constexpr int kMaxPublicationDays = 60;
constexpr std::string_view kKindPrefix = "ITEM_KIND_";
constexpr std::string_view kBodyPrefix = "MEETING_BODY_";

google::protobuf::Timestamp Stamp(absl::Time now) {
  return api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(now)));
}

const char* KindInChinese(alliance::v1::ItemKind kind) {
  switch (kind) {
    case alliance::v1::ITEM_KIND_MAJOR:
      return "重大事项";
    case alliance::v1::ITEM_KIND_CHARTER:
      return "章程修改";
    case alliance::v1::ITEM_KIND_PERSONNEL:
      return "人事";
    case alliance::v1::ITEM_KIND_REPORT:
      return "通报";
    default:
      return "一般事项";
  }
}

absl::Status Unmet(const std::string& rule, const std::string& rule_zh) {
  return Error(v1::ERROR_REASON_STAGE_UNMET, {{"rule", rule}, {"rule_zh", rule_zh}});
}

// Whose ballot or meeting it was, which the stage may say.
absl::Status CheckBodyOf(const Stage& stage, const StageResult& result) {
  if (stage.body() == v1::MEETING_BODY_UNSPECIFIED) return absl::OkStatus();
  const bool met = result.meeting.has_value() && AreSame(result.meeting->body(), stage.body());
  const bool voted = !result.ballot.has_value() ||
                     (result.meeting.has_value() &&
                      result.ballot->name().starts_with(result.meeting->name() + "/"));
  if (met && voted) return absl::OkStatus();
  return Unmet(fmt::format("a meeting of the body {}",
                           v1::MeetingBody_Name(stage.body()).substr(kBodyPrefix.size())),
               fmt::format("一次{}的会议及其表决", NameOf(stage.body())));
}

// What was over before a stage began decided nothing in it.
absl::Status CheckNews(const Step& step, const StageResult& result) {
  const absl::Time start = api::FromProto(step.start_time());
  if (result.ballot.has_value() && api::FromProto(result.ballot->open_time()) < start) {
    return Unmet("a ballot opened since the stage began", "一次在本环节开始后发起的表决");
  }
  if (result.meeting.has_value() && result.meeting->has_close_time() &&
      api::FromProto(result.meeting->close_time()) < start) {
    return Unmet("a meeting that was not over when the stage began",
                 "一次在本环节开始后召开或结束的会议");
  }
  return absl::OkStatus();
}

absl::Status CheckNeeds(const Step& step, const std::string& topic, const StageResult& result) {
  const Stage& stage = step.stage();
  if (stage.ballot_kind() != alliance::v1::ITEM_KIND_UNSPECIFIED) {
    const bool carried = result.ballot.has_value() &&
                         result.ballot->outcome() == v1::Ballot::OUTCOME_CARRIED &&
                         result.ballot->kind() == stage.ballot_kind();
    if (!carried) {
      return Unmet(
          fmt::format("a ballot of kind {} that carried",
                      alliance::v1::ItemKind_Name(stage.ballot_kind()).substr(kKindPrefix.size())),
          fmt::format("一次通过的{}表决", KindInChinese(stage.ballot_kind())));
    }
    if (!topic.empty() && result.ballot->topic() != topic) {
      return Unmet("a ballot on its own topic", "针对本议题的表决");
    }
  }
  const bool held =
      result.meeting.has_value() && (result.meeting->state() == v1::Meeting::STATE_OPEN ||
                                     result.meeting->state() == v1::Meeting::STATE_CLOSED);
  if (stage.needs_meeting() && !held) return Unmet("a meeting that was held", "一次已召开的会议");
  JH_RETURN_IF_ERROR(CheckNews(step, result));
  return CheckBodyOf(stage, result);
}

void EndStep(const StageClock& clock, Procedure& procedure) {
  Step& step = *procedure.mutable_steps(procedure.current_step());
  step.set_state(Step::STATE_DONE);
  *step.mutable_end_time() = Stamp(clock.now);
  procedure.set_current_step(procedure.current_step() + 1);
  if (procedure.current_step() == procedure.steps_size()) {
    procedure.set_state(Procedure::STATE_COMPLETED);
    return;
  }
  Step& next = *procedure.mutable_steps(procedure.current_step());
  next.set_state(Step::STATE_CURRENT);
  *next.mutable_start_time() = Stamp(clock.now);
}

absl::Status EndPublication(const StageClock& clock, Procedure& procedure) {
  const auto& until = procedure.steps(procedure.current_step()).publication_end_date();
  if (clock.today <= absl::CivilDay(until.year(), until.month(), until.day())) {
    return Error(
        v1::ERROR_REASON_PUBLICATION_RUNNING,
        {{"until", fmt::format("{:04}-{:02}-{:02}", until.year(), until.month(), until.day())}});
  }
  EndStep(clock, procedure);
  return absl::OkStatus();
}

}  // namespace

void CheckTemplate(const v1::ProcedureTemplate& sent, Violations& violations) {
  violations.CheckText("procedure_template.display_name", sent.display_name(), 1, 40);
  violations.Require("procedure_template.stages", sent.stages_size() > 0);
  violations.Check("procedure_template.stages", sent.stages_size() <= kMaxStages, "1 to 12 stages",
                   "1 至 12 个环节");
  for (int i = 0; i < std::min(sent.stages_size(), kMaxStages); ++i) {
    const std::string path = fmt::format("procedure_template.stages[{}]", i);
    const Stage& stage = sent.stages(i);
    violations.Require(path + ".kind", stage.kind() != Stage::KIND_UNSPECIFIED);
    violations.Check(path + ".kind", Stage::Kind_IsValid(stage.kind()), "a known kind",
                     "已有的环节类型");
    violations.CheckText(path + ".display_name", stage.display_name(), 1, 40);
    violations.CheckText(path + ".guidance", stage.guidance(), 0, 300);
    violations.Check(path + ".ballot_kind", alliance::v1::ItemKind_IsValid(stage.ballot_kind()),
                     "a known kind", "已有的事项类型");
    violations.Check(
        path + ".publication_days",
        stage.publication_days() >= 0 && stage.publication_days() <= kMaxPublicationDays, "0 to 60",
        "0 至 60");
    const bool decides =
        stage.needs_meeting() || stage.ballot_kind() != alliance::v1::ITEM_KIND_UNSPECIFIED;
    violations.Check(path + ".body",
                     v1::MeetingBody_IsValid(stage.body()) &&
                         (decides || stage.body() == v1::MEETING_BODY_UNSPECIFIED),
                     "a known body, where a meeting or a ballot is asked for",
                     "已有的会议类别，且该环节须开会或表决");
  }
}

void CheckProcedure(const Procedure& sent, Violations& violations) {
  violations.CheckText("procedure.title", sent.title(), 1, 120);
  violations.CheckText("procedure.topic", sent.topic(), 0, 200);
}

Procedure Begun(const Procedure& sent, const v1::ProcedureTemplate& from, absl::Time now) {
  Procedure procedure;
  procedure.set_title(sent.title());
  procedure.set_topic(sent.topic());
  procedure.set_template_(from.name());
  procedure.set_template_display_name(from.display_name());
  for (const Stage& stage : from.stages()) {
    Step& step = *procedure.add_steps();
    *step.mutable_stage() = stage;
    step.set_state(Step::STATE_PENDING);
  }
  procedure.mutable_steps(0)->set_state(Step::STATE_CURRENT);
  *procedure.mutable_steps(0)->mutable_start_time() = Stamp(now);
  procedure.set_state(Procedure::STATE_RUNNING);
  *procedure.mutable_create_time() = Stamp(now);
  *procedure.mutable_update_time() = Stamp(now);
  return procedure;
}

absl::Status Advance(const StageResult& result, const StageClock& clock, Procedure& procedure) {
  if (result.step != procedure.current_step()) {
    return StateWrong(procedure.name(), fmt::format("STEP {}", procedure.current_step()),
                      fmt::format("STEP {}", result.step));
  }
  *procedure.mutable_update_time() = Stamp(clock.now);
  Step& step = *procedure.mutable_steps(procedure.current_step());
  if (step.state() == Step::STATE_PUBLISHED) return EndPublication(clock, procedure);
  Violations violations;
  violations.CheckText("record", result.record, 1, 2000);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_RETURN_IF_ERROR(CheckNeeds(step, procedure.topic(), result));
  step.set_record(result.record);
  if (result.ballot.has_value()) step.set_ballot(result.ballot->name());
  if (result.meeting.has_value()) step.set_meeting(result.meeting->name());
  if (step.stage().publication_days() == 0) {
    EndStep(clock, procedure);
    return absl::OkStatus();
  }
  step.set_state(Step::STATE_PUBLISHED);
  *step.mutable_publish_time() = Stamp(clock.now);
  *step.mutable_publication_end_date() =
      alliance::ToDate(clock.days.Add(clock.today, step.stage().publication_days()));
  return absl::OkStatus();
}

}  // namespace jinhuan::meeting
