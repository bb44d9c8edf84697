#include "meeting-svc/rpc/report_service.h"

#include <fmt/format.h>

#include "alliance-svc/facts/date.h"
#include "meeting-svc/domain/evaluation_sheet.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kLongestPeriod = 366;  // days

// The day at `field` of a request; adds what is wrong with it.
std::optional<absl::CivilDay> DayAt(std::string_view field, bool given,
                                    const google::type::Date& date, Violations& violations) {
  if (!violations.Require(field, given)) return std::nullopt;
  const auto day = alliance::ToCivilDay(date);
  violations.Check(field, day.has_value(), "a day of the years 2000 to 2200",
                   "2000 年至 2200 年之间的日期");
  return day;
}

// Whose figures are shown: a liaison's own unit's, the street's any or all ("").
absl::StatusOr<std::string> MemberFor(const api::Call& call, const std::string& wanted) {
  if (wanted.empty() && call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE) return wanted;
  std::string member = call.ActingUnit(wanted);
  if (!member.empty() && call.Covers("", member)) return member;
  if (!wanted.empty()) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", wanted}});
  }
  Violations violations;
  violations.Require("member", false);
  return violations.ToStatus();
}

// What GetEvaluation and ExportEvaluation ask for alike.
template <class Request>
absl::StatusOr<EvaluationQuestion> QuestionOf(const api::Call& call, const Request& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  if (!request.member().empty() &&
      api::MatchName("alliances/*/members/*", request.member(), "member", violations)) {
    violations.Check("member", api::AllianceOf(request.member()) == request.parent(),
                     "a member of the alliance", "本联盟的成员单位");
  }
  violations.Check("group", v1::EvaluationGroup_IsValid(request.group()), "a known group",
                   "已有的分组");
  violations.Check("request_category", v1::RequestCategory_IsValid(request.request_category()),
                   "a known category", "已有的诉求类别");
  violations.Check("request_type", v1::RequestType_IsValid(request.request_type()), "a known type",
                   "已有的诉求类型");
  const auto first =
      DayAt("start_date", request.has_start_date(), request.start_date(), violations);
  const auto last = DayAt("end_date", request.has_end_date(), request.end_date(), violations);
  if (first.has_value() && last.has_value()) {
    violations.Check("end_date", *first <= *last && *last - *first < kLongestPeriod,
                     "not before start_date, and at most 365 days later",
                     "不早于开始日期，且相隔不超过 365 天");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const std::string member, MemberFor(call, request.member()));
  EvaluationQuestion question;
  question.alliance = request.parent();
  question.first = *first;
  question.last = *last;
  if (request.group() != v1::EVALUATION_GROUP_UNSPECIFIED) question.group = request.group();
  question.member = member;
  question.category = request.request_category();
  question.type = request.request_type();
  return question;
}

}  // namespace

grpc::Status ReportService::GetEvaluation(grpc::ServerContext* context,
                                          const v1::GetEvaluationRequest* request,
                                          v1::GetEvaluationResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::GetEvaluationResponse> {
                          JH_ASSIGN_OR_RETURN(const auto question, QuestionOf(call, *request));
                          return Evaluate(call, question);
                        });
}

grpc::Status ReportService::ExportEvaluation(grpc::ServerContext* context,
                                             const v1::ExportEvaluationRequest* request,
                                             v1::ExportEvaluationResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::ExportEvaluationResponse> {
                          JH_ASSIGN_OR_RETURN(const auto question, QuestionOf(call, *request));
                          return File(call, question);
                        });
}

absl::StatusOr<v1::GetEvaluationResponse> ReportService::Evaluate(
    const api::Call& call, const EvaluationQuestion& question) {
  using Response = v1::GetEvaluationResponse;
  // At one moment: what moves from one kind to another while it is read would count twice.
  return db::ReadSnapshot<
      Response>(pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Response> {
    JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, question.alliance));
    Evaluation evaluation(question);
    JH_RETURN_IF_ERROR(evaluations_.CountAll(connection, question, {call.now, zone}, evaluation));
    Response response;
    for (v1::Rate& rate : evaluation.Total()) *response.add_total() = std::move(rate);
    for (v1::EvaluationRow& row : evaluation.Rows()) {
      if (row.has_member()) {
        // Of a need this service may have heard before it hears of the unit.
        const auto unit = alliances_.Member(connection, row.member());
        if (!unit.ok() && !absl::IsNotFound(unit.status())) return unit.status();
        if (unit.ok()) row.set_member_display_name(unit->display_name());
      }
      *response.add_rows() = std::move(row);
    }
    *response.mutable_count_time() = api::ToProto(call.now);
    return response;
  });
}

absl::StatusOr<v1::ExportEvaluationResponse> ReportService::File(
    const api::Call& call, const EvaluationQuestion& question) {
  JH_ASSIGN_OR_RETURN(const v1::GetEvaluationResponse evaluation, Evaluate(call, question));
  const table::Sheet sheet = EvaluationSheet(evaluation, question.group);
  v1::ExportEvaluationResponse response;
  JH_ASSIGN_OR_RETURN(*response.mutable_content(), table::WriteXlsx(sheet));
  response.set_content_type(table::kXlsxMediaType);
  response.set_filename(fmt::format("考核评价 {} 至 {}.xlsx", absl::FormatCivilTime(question.first),
                                    absl::FormatCivilTime(question.last)));
  response.set_row_count(static_cast<int32_t>(sheet.rows.size()));
  return response;
}

}  // namespace jinhuan::meeting
