#pragma once

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/member_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See member_service.proto. Thread-safe.
class MemberService final : public v1::MemberService::Service {
 public:
  MemberService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores);

  grpc::Status ApplyMember(grpc::ServerContext* context, const v1::ApplyMemberRequest* request,
                           v1::Member* response) override;
  grpc::Status ApproveMember(grpc::ServerContext* context, const v1::ApproveMemberRequest* request,
                             v1::Member* response) override;
  grpc::Status GetMember(grpc::ServerContext* context, const v1::GetMemberRequest* request,
                         v1::Member* response) override;
  grpc::Status ListMembers(grpc::ServerContext* context, const v1::ListMembersRequest* request,
                           v1::ListMembersResponse* response) override;
  grpc::Status UpdateMember(grpc::ServerContext* context, const v1::UpdateMemberRequest* request,
                            v1::Member* response) override;

 private:
  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
};

}  // namespace jinhuan::alliance
