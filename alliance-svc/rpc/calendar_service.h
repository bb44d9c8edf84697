#pragma once

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/calendar_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See calendar_service.proto. Tokens are 256 random bits, kept as their
// CredentialHash alone. Thread-safe.
class CalendarService final : public v1::CalendarService::Service {
 public:
  CalendarService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores);

  grpc::Status CreateCalendarLink(grpc::ServerContext* context,
                                  const v1::CreateCalendarLinkRequest* request,
                                  v1::CalendarLink* response) override;
  grpc::Status GetCalendarLink(grpc::ServerContext* context,
                               const v1::GetCalendarLinkRequest* request,
                               v1::CalendarLink* response) override;
  grpc::Status RevokeCalendarLink(grpc::ServerContext* context,
                                  const v1::RevokeCalendarLinkRequest* request,
                                  v1::RevokeCalendarLinkResponse* response) override;
  grpc::Status ResolveCalendarLink(grpc::ServerContext* context,
                                   const v1::ResolveCalendarLinkRequest* request,
                                   v1::ResolveCalendarLinkResponse* response) override;

 private:
  rpc::Handler handler_;
  db::Pool& pool_;
  const Stores& stores_;
};

}  // namespace jinhuan::alliance
