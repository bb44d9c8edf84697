#pragma once

#include "jinhuan/meeting/v1/project_service.grpc.pb.h"
#include "meeting-svc/rpc/project_desk.h"
#include "meeting-svc/rpc/resolution_desk.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.ProjectService, as project_service.proto states it. Thread-safe.
class ProjectService final : public v1::ProjectService::Service {
 public:
  ProjectService(const rpc::Runtime& runtime, const ProjectDesk& projects,
                 const ResolutionDesk& resolutions)
      : handler_(runtime, v1::ProjectService::service_full_name()),
        projects_(projects),
        resolutions_(resolutions) {}

  grpc::Status RecordResolution(grpc::ServerContext* context,
                                const v1::RecordResolutionRequest* request,
                                v1::Resolution* response) override;
  grpc::Status UpdateResolution(grpc::ServerContext* context,
                                const v1::UpdateResolutionRequest* request,
                                v1::Resolution* response) override;
  grpc::Status WithdrawResolution(grpc::ServerContext* context,
                                  const v1::WithdrawResolutionRequest* request,
                                  v1::WithdrawResolutionResponse* response) override;
  grpc::Status GetResolution(grpc::ServerContext* context, const v1::GetResolutionRequest* request,
                             v1::Resolution* response) override;
  grpc::Status ListResolutions(grpc::ServerContext* context,
                               const v1::ListResolutionsRequest* request,
                               v1::ListResolutionsResponse* response) override;
  grpc::Status CreateProject(grpc::ServerContext* context, const v1::CreateProjectRequest* request,
                             v1::Project* response) override;
  grpc::Status GetProject(grpc::ServerContext* context, const v1::GetProjectRequest* request,
                          v1::Project* response) override;
  grpc::Status ListProjects(grpc::ServerContext* context, const v1::ListProjectsRequest* request,
                            v1::ListProjectsResponse* response) override;
  grpc::Status UpdateProject(grpc::ServerContext* context, const v1::UpdateProjectRequest* request,
                             v1::Project* response) override;
  grpc::Status ReportProgress(grpc::ServerContext* context,
                              const v1::ReportProgressRequest* request,
                              v1::ProgressReport* response) override;
  grpc::Status ListProgressReports(grpc::ServerContext* context,
                                   const v1::ListProgressReportsRequest* request,
                                   v1::ListProgressReportsResponse* response) override;
  grpc::Status GetProgressEvidence(grpc::ServerContext* context,
                                   const v1::GetProgressEvidenceRequest* request,
                                   v1::Evidence* response) override;
  grpc::Status CompleteMilestone(grpc::ServerContext* context,
                                 const v1::CompleteMilestoneRequest* request,
                                 v1::Project* response) override;
  grpc::Status ReopenMilestone(grpc::ServerContext* context,
                               const v1::ReopenMilestoneRequest* request,
                               v1::Project* response) override;
  grpc::Status IssueSupervisionNotice(grpc::ServerContext* context,
                                      const v1::IssueSupervisionNoticeRequest* request,
                                      v1::SupervisionNotice* response) override;
  grpc::Status AnswerSupervisionNotice(grpc::ServerContext* context,
                                       const v1::AnswerSupervisionNoticeRequest* request,
                                       v1::SupervisionNotice* response) override;
  grpc::Status ListSupervisionNotices(grpc::ServerContext* context,
                                      const v1::ListSupervisionNoticesRequest* request,
                                      v1::ListSupervisionNoticesResponse* response) override;
  grpc::Status AcceptProject(grpc::ServerContext* context, const v1::AcceptProjectRequest* request,
                             v1::Project* response) override;
  grpc::Status StopProject(grpc::ServerContext* context, const v1::StopProjectRequest* request,
                           v1::Project* response) override;
  grpc::Status RateProject(grpc::ServerContext* context, const v1::RateProjectRequest* request,
                           v1::Project* response) override;

 private:
  rpc::Handler handler_;
  const ProjectDesk& projects_;
  const ResolutionDesk& resolutions_;
};

}  // namespace jinhuan::meeting
