#include "meeting-svc/rpc/project_service.h"

namespace jinhuan::meeting {

grpc::Status ProjectService::RecordResolution(grpc::ServerContext* context,
                                              const v1::RecordResolutionRequest* request,
                                              v1::Resolution* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return resolutions_.Record(call, *request); });
}

grpc::Status ProjectService::UpdateResolution(grpc::ServerContext* context,
                                              const v1::UpdateResolutionRequest* request,
                                              v1::Resolution* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return resolutions_.Update(call, *request); });
}

grpc::Status ProjectService::WithdrawResolution(grpc::ServerContext* context,
                                                const v1::WithdrawResolutionRequest* request,
                                                v1::WithdrawResolutionResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return resolutions_.Withdraw(call, *request);
  });
}

grpc::Status ProjectService::GetResolution(grpc::ServerContext* context,
                                           const v1::GetResolutionRequest* request,
                                           v1::Resolution* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return resolutions_.Get(call, *request); });
}

grpc::Status ProjectService::ListResolutions(grpc::ServerContext* context,
                                             const v1::ListResolutionsRequest* request,
                                             v1::ListResolutionsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return resolutions_.List(call, *request); });
}

grpc::Status ProjectService::CreateProject(grpc::ServerContext* context,
                                           const v1::CreateProjectRequest* request,
                                           v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Create(call, *request); });
}

grpc::Status ProjectService::GetProject(grpc::ServerContext* context,
                                        const v1::GetProjectRequest* request,
                                        v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Get(call, *request); });
}

grpc::Status ProjectService::ListProjects(grpc::ServerContext* context,
                                          const v1::ListProjectsRequest* request,
                                          v1::ListProjectsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.List(call, *request); });
}

grpc::Status ProjectService::UpdateProject(grpc::ServerContext* context,
                                           const v1::UpdateProjectRequest* request,
                                           v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Update(call, *request); });
}

grpc::Status ProjectService::ReportProgress(grpc::ServerContext* context,
                                            const v1::ReportProgressRequest* request,
                                            v1::ProgressReport* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Report(call, *request); });
}

grpc::Status ProjectService::ListProgressReports(grpc::ServerContext* context,
                                                 const v1::ListProgressReportsRequest* request,
                                                 v1::ListProgressReportsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return projects_.ListReports(call, *request);
  });
}

grpc::Status ProjectService::GetProgressEvidence(grpc::ServerContext* context,
                                                 const v1::GetProgressEvidenceRequest* request,
                                                 v1::Evidence* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.File(call, *request); });
}

grpc::Status ProjectService::CompleteMilestone(grpc::ServerContext* context,
                                               const v1::CompleteMilestoneRequest* request,
                                               v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Complete(call, *request); });
}

grpc::Status ProjectService::ReopenMilestone(grpc::ServerContext* context,
                                             const v1::ReopenMilestoneRequest* request,
                                             v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return projects_.ReopenMilestone(call, *request);
  });
}

grpc::Status ProjectService::IssueSupervisionNotice(
    grpc::ServerContext* context, const v1::IssueSupervisionNoticeRequest* request,
    v1::SupervisionNotice* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Issue(call, *request); });
}

grpc::Status ProjectService::AnswerSupervisionNotice(
    grpc::ServerContext* context, const v1::AnswerSupervisionNoticeRequest* request,
    v1::SupervisionNotice* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Answer(call, *request); });
}

grpc::Status ProjectService::ListSupervisionNotices(
    grpc::ServerContext* context, const v1::ListSupervisionNoticesRequest* request,
    v1::ListSupervisionNoticesResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return projects_.ListNotices(call, *request);
  });
}

grpc::Status ProjectService::AcceptProject(grpc::ServerContext* context,
                                           const v1::AcceptProjectRequest* request,
                                           v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Accept(call, *request); });
}

grpc::Status ProjectService::StopProject(grpc::ServerContext* context,
                                         const v1::StopProjectRequest* request,
                                         v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Stop(call, *request); });
}

grpc::Status ProjectService::RateProject(grpc::ServerContext* context,
                                         const v1::RateProjectRequest* request,
                                         v1::Project* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return projects_.Rate(call, *request); });
}

}  // namespace jinhuan::meeting
