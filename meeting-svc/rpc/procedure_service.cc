#include "meeting-svc/rpc/procedure_service.h"

#include "meeting-svc/domain/procedure_rules.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kAlliancePattern[] = "alliances/*";
constexpr char kProcedurePattern[] = "alliances/*/procedures/*";
constexpr char kTopicPattern[] = "alliances/*/topics/*";
constexpr char kTemplatePattern[] = "alliances/*/procedureTemplates/*";

using Templates = std::vector<v1::ProcedureTemplate>;
using Procedures = std::vector<v1::Procedure>;

}  // namespace

grpc::Status ProcedureService::ListProcedureTemplates(
    grpc::ServerContext* context, const v1::ListProcedureTemplatesRequest* request,
    v1::ListProcedureTemplatesResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListProcedureTemplatesResponse> {
        JH_RETURN_IF_ERROR(
            api::RequireName(kAlliancePattern, request->parent(), "parent").status());
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(
            Templates templates,
            db::Read<Templates>(pool_, call.deadline, [&](db::Connection& connection) {
              return procedures_.Templates(connection, request->parent());
            }));
        // They are few, so the page is cut here.
        std::erase_if(templates, [&](const v1::ProcedureTemplate& one) {
          return !page.first() && one.name() <= page.after[0];
        });
        v1::ListProcedureTemplatesResponse result;
        result.set_next_page_token(api::FillPage(
            *request, page, templates, *result.mutable_procedure_templates(),
            [](const v1::ProcedureTemplate& one) { return std::vector{one.name()}; }));
        return result;
      });
}

grpc::Status ProcedureService::UpdateProcedureTemplate(
    grpc::ServerContext* context, const v1::UpdateProcedureTemplateRequest* request,
    v1::ProcedureTemplate* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::ProcedureTemplate> {
                          const v1::ProcedureTemplate& sent = request->procedure_template();
                          Violations violations;
                          api::MatchName(kTemplatePattern, sent.name(), "procedure_template.name",
                                         violations);
                          CheckTemplate(sent, violations);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          return api::Write<v1::ProcedureTemplate>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return procedures_.PutTemplate(connection, call, sent);
                              });
                        });
}

grpc::Status ProcedureService::StartProcedure(grpc::ServerContext* context,
                                              const v1::StartProcedureRequest* request,
                                              v1::Procedure* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Procedure> {
        Violations violations;
        api::MatchName(kAlliancePattern, request->parent(), "parent", violations);
        api::MatchName(kTemplatePattern, request->procedure().template_(), "procedure.template",
                       violations);
        CheckProcedure(request->procedure(), violations);
        const std::string& topic = request->procedure().topic();
        if (!topic.empty() && api::MatchName(kTopicPattern, topic, "procedure.topic", violations)) {
          violations.Check("procedure.topic", api::AllianceOf(topic) == request->parent(),
                           "a topic of the alliance", "本联盟的议题");
        }
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::Procedure>(pool_, call, *request, [&](db::Connection& connection) {
          return procedures_.Start(connection, call, request->parent(), request->procedure());
        });
      });
}

grpc::Status ProcedureService::AdvanceProcedure(grpc::ServerContext* context,
                                                const v1::AdvanceProcedureRequest* request,
                                                v1::Procedure* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Procedure> {
        JH_RETURN_IF_ERROR(api::RequireName(kProcedurePattern, request->name()).status());
        return api::Write<v1::Procedure>(pool_, call, *request, [&](db::Connection& connection) {
          return procedures_.MoveOn(connection, call, *request);
        });
      });
}

grpc::Status ProcedureService::StopProcedure(grpc::ServerContext* context,
                                             const v1::StopProcedureRequest* request,
                                             v1::Procedure* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Procedure> {
        Violations violations;
        api::MatchName(kProcedurePattern, request->name(), "name", violations);
        violations.CheckText("reason", request->reason(), 1, 200);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::Procedure>(pool_, call, *request, [&](db::Connection& connection) {
          return procedures_.Stop(connection, call, request->name(), request->reason());
        });
      });
}

grpc::Status ProcedureService::GetProcedure(grpc::ServerContext* context,
                                            const v1::GetProcedureRequest* request,
                                            v1::Procedure* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Procedure> {
        JH_RETURN_IF_ERROR(api::RequireName(kProcedurePattern, request->name()).status());
        return db::Read<v1::Procedure>(pool_, call.deadline, [&](db::Connection& connection) {
          return procedures_.Get(connection, request->name());
        });
      });
}

grpc::Status ProcedureService::ListProcedures(grpc::ServerContext* context,
                                              const v1::ListProceduresRequest* request,
                                              v1::ListProceduresResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListProceduresResponse> ProcedureService::List(
    const api::Call& call, const v1::ListProceduresRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kAlliancePattern, request.parent(), "parent").status());
  Violations violations;
  violations.Check("state", v1::Procedure::State_IsValid(request.state()), "a known state",
                   "已有的状态");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(Procedures procedures,
                      db::Read<Procedures>(pool_, call.deadline, [&](db::Connection& connection) {
                        return procedures_.List(connection, request.parent(), request.state(),
                                                page.first() ? "~" : page.after[0], page.limit());
                      }));
  v1::ListProceduresResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, procedures, *response.mutable_procedures(),
                    [](const v1::Procedure& one) { return std::vector{api::LastId(one.name())}; }));
  return response;
}

}  // namespace jinhuan::meeting
