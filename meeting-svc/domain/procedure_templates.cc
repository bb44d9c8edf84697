#include "meeting-svc/domain/procedure_templates.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::ITEM_KIND_MAJOR;
using alliance::v1::ITEM_KIND_ORDINARY;
using alliance::v1::ITEM_KIND_UNSPECIFIED;
using v1::Stage;

struct StageText {
  Stage::Kind kind;
  const char* display_name;
  const char* guidance;
  alliance::v1::ItemKind ballot_kind = ITEM_KIND_UNSPECIFIED;
  bool needs_meeting = false;
  int publication_days = 0;
  v1::MeetingBody body = v1::MEETING_BODY_UNSPECIFIED;
};

const std::vector<StageText>& Consultation() {
  static const auto& stages = *new std::vector<StageText>{
      {Stage::KIND_PROPOSE, "提出议题", "成员单位或居民提出协商议题，街道和轮值主席单位确定。"},
      {Stage::KIND_CONSULT, "征求意见", "向相关单位和群众征求意见，形成协商方案并公示。",
       ITEM_KIND_UNSPECIFIED, false, 5},
      {Stage::KIND_DELIBERATE, "协商议事", "召开协商议事会，各方充分发表意见。",
       ITEM_KIND_UNSPECIFIED, true},
      {Stage::KIND_RESOLVE, "形成协商意见", "参会单位表决形成协商意见。", ITEM_KIND_ORDINARY, true},
      {Stage::KIND_PUBLISH_DECISION, "公示协商结果", "公示协商意见和落实安排。",
       ITEM_KIND_UNSPECIFIED, false, 5},
      {Stage::KIND_PUBLISH_RESULT, "反馈落实情况", "落实后向提出人和成员单位反馈并公示。",
       ITEM_KIND_UNSPECIFIED, false, 5},
  };
  return stages;
}

const std::vector<StageText>& FourTwo() {
  static const auto& stages = *new std::vector<StageText>{
      {Stage::KIND_PROPOSE, "党组织提议", "街道党工委或轮值主席单位党组织提出议案。"},
      {Stage::KIND_CONSULT, "常务理事会商议", "常务理事单位商议议案，提出意见。",
       ITEM_KIND_UNSPECIFIED, true, 0, v1::MEETING_BODY_STANDING},
      {Stage::KIND_DELIBERATE, "理事会审议", "理事单位审议议案并表决。", ITEM_KIND_ORDINARY, true,
       0, v1::MEETING_BODY_COUNCIL},
      {Stage::KIND_RESOLVE, "联席会议决议", "全体成员单位联席会议表决。", ITEM_KIND_MAJOR, true, 0,
       v1::MEETING_BODY_PLENARY},
      {Stage::KIND_PUBLISH_DECISION, "决议公开", "公开决议内容，接受监督。", ITEM_KIND_UNSPECIFIED,
       false, 7},
      {Stage::KIND_PUBLISH_RESULT, "实施结果公开", "实施完成后公开结果。", ITEM_KIND_UNSPECIFIED,
       false, 7},
  };
  return stages;
}

const std::vector<StageText>& Plain() {
  static const auto& stages = *new std::vector<StageText>{
      {Stage::KIND_RESOLVE, "联席会议决议", "在联席会议上表决。", ITEM_KIND_ORDINARY, true},
  };
  return stages;
}

v1::ProcedureTemplate Template(const std::string& alliance, const char* id,
                               const char* display_name, const std::vector<StageText>& stages) {
  v1::ProcedureTemplate made;
  made.set_name(alliance + "/procedureTemplates/" + id);
  made.set_display_name(display_name);
  for (const StageText& text : stages) {
    Stage& stage = *made.add_stages();
    stage.set_kind(text.kind);
    stage.set_display_name(text.display_name);
    stage.set_guidance(text.guidance);
    stage.set_ballot_kind(text.ballot_kind);
    stage.set_needs_meeting(text.needs_meeting);
    stage.set_publication_days(text.publication_days);
    stage.set_body(text.body);
  }
  return made;
}

}  // namespace

std::vector<v1::ProcedureTemplate> BuiltInTemplates(const std::string& alliance) {
  return {Template(alliance, "consultation", "民主协商议事会", Consultation()),
          Template(alliance, "four-two", "四议两公开", FourTwo()),
          Template(alliance, "plain", "联席会议议决", Plain())};
}

}  // namespace jinhuan::meeting
