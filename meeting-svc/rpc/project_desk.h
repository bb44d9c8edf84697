#pragma once

#include "absl/functional/function_ref.h"
#include "jinhuan/meeting/v1/project_service.pb.h"
#include "meeting-svc/rpc/supervision.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/progress_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "platform/db/pool.h"

namespace jinhuan::meeting {

// What the ProjectService's methods on projects do, as project_service.proto states it.
// Thread-safe.
class ProjectDesk {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    const ProjectStore& projects;
    const ProgressStore& progress;
    const ResolutionStore& resolutions;
    const Supervision& supervision;
  };
  explicit ProjectDesk(const Deps& deps) : deps_(deps) {}

  absl::StatusOr<v1::Project> Create(const api::Call& call,
                                     const v1::CreateProjectRequest& request) const;
  absl::StatusOr<v1::Project> Get(const api::Call& call,
                                  const v1::GetProjectRequest& request) const;
  absl::StatusOr<v1::ListProjectsResponse> List(const api::Call& call,
                                                const v1::ListProjectsRequest& request) const;
  absl::StatusOr<v1::Project> Update(const api::Call& call,
                                     const v1::UpdateProjectRequest& request) const;
  absl::StatusOr<v1::ProgressReport> Report(const api::Call& call,
                                            const v1::ReportProgressRequest& request) const;
  absl::StatusOr<v1::ListProgressReportsResponse> ListReports(
      const api::Call& call, const v1::ListProgressReportsRequest& request) const;
  absl::StatusOr<v1::Evidence> File(const api::Call& call,
                                    const v1::GetProgressEvidenceRequest& request) const;
  absl::StatusOr<v1::Project> Complete(const api::Call& call,
                                       const v1::CompleteMilestoneRequest& request) const;
  absl::StatusOr<v1::Project> ReopenMilestone(const api::Call& call,
                                              const v1::ReopenMilestoneRequest& request) const;
  absl::StatusOr<v1::SupervisionNotice> Issue(
      const api::Call& call, const v1::IssueSupervisionNoticeRequest& request) const;
  absl::StatusOr<v1::SupervisionNotice> Answer(
      const api::Call& call, const v1::AnswerSupervisionNoticeRequest& request) const;
  absl::StatusOr<v1::ListSupervisionNoticesResponse> ListNotices(
      const api::Call& call, const v1::ListSupervisionNoticesRequest& request) const;
  absl::StatusOr<v1::Project> Accept(const api::Call& call,
                                     const v1::AcceptProjectRequest& request) const;
  absl::StatusOr<v1::Project> Stop(const api::Call& call,
                                   const v1::StopProjectRequest& request) const;
  absl::StatusOr<v1::Project> Rate(const api::Call& call,
                                   const v1::RateProjectRequest& request) const;

 private:
  // Changes the project by `change` of a copy, which also sees whether the caller may.
  absl::StatusOr<v1::Project> Change(
      const api::Call& call, const google::protobuf::Message& request, const std::string& name,
      absl::FunctionRef<absl::Status(db::Connection&, const v1::Project& before,
                                     v1::Project& after)>
          change) const;
  // Changes one milestone of a running project, for who does the work.
  absl::StatusOr<v1::Project> ChangeMilestone(const api::Call& call,
                                              const google::protobuf::Message& request,
                                              const std::string& name, const std::string& milestone,
                                              absl::FunctionRef<void(v1::Milestone&)> change) const;
  // Changes the resolution that the project carries out, where there is one.
  absl::Status ChangeResolution(db::Connection& connection, const api::Call& call,
                                const v1::Project& project,
                                absl::FunctionRef<void(v1::Resolution&)> change) const;
  // Whether an answer is, or will be, too late, as of `now`.
  absl::Status SetLate(db::Connection& connection, absl::Time now,
                       v1::SupervisionNotice& notice) const;

  const Deps deps_;
};

}  // namespace jinhuan::meeting
