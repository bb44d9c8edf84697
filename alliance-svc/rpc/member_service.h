#pragma once

#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/member_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See member_service.proto. Thread-safe.
class MemberService final : public v1::MemberService::Service {
 public:
  // At most `open_applications` that were self-filed may wait in an alliance.
  MemberService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                int open_applications);

  grpc::Status ApplyMember(grpc::ServerContext* context, const v1::ApplyMemberRequest* request,
                           v1::Member* response) override;
  grpc::Status GetApplication(grpc::ServerContext* context,
                              const v1::GetApplicationRequest* request,
                              v1::Application* response) override;
  grpc::Status ApproveMember(grpc::ServerContext* context, const v1::ApproveMemberRequest* request,
                             v1::Member* response) override;
  grpc::Status RejectMember(grpc::ServerContext* context, const v1::RejectMemberRequest* request,
                            v1::Member* response) override;
  grpc::Status SuspendMember(grpc::ServerContext* context, const v1::SuspendMemberRequest* request,
                             v1::Member* response) override;
  grpc::Status ReinstateMember(grpc::ServerContext* context,
                               const v1::ReinstateMemberRequest* request,
                               v1::Member* response) override;
  grpc::Status WithdrawMember(grpc::ServerContext* context,
                              const v1::WithdrawMemberRequest* request,
                              v1::Member* response) override;
  grpc::Status GetMember(grpc::ServerContext* context, const v1::GetMemberRequest* request,
                         v1::Member* response) override;
  grpc::Status ListMembers(grpc::ServerContext* context, const v1::ListMembersRequest* request,
                           v1::ListMembersResponse* response) override;
  grpc::Status UpdateMember(grpc::ServerContext* context, const v1::UpdateMemberRequest* request,
                            v1::Member* response) override;
  grpc::Status ImportMembers(grpc::ServerContext* context, const v1::ImportMembersRequest* request,
                             v1::ImportMembersResponse* response) override;
  grpc::Status ExportMembers(grpc::ServerContext* context, const v1::ExportMembersRequest* request,
                             v1::ExportMembersResponse* response) override;

 private:
  // A step of a member's life, which each of these methods takes.
  template <class Request>
  absl::StatusOr<v1::Member> Take(const api::Call& call, const Request& request, MemberStep step);

  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
  const int open_applications_;
};

}  // namespace jinhuan::alliance
