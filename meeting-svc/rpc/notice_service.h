#pragma once

#include "jinhuan/meeting/v1/notice_service.grpc.pb.h"
#include "meeting-svc/storage/notice_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.NoticeService, as notice_service.proto states it. Thread-safe.
class NoticeService final : public v1::NoticeService::Service {
 public:
  NoticeService(const rpc::Runtime& runtime, db::Pool& pool, const NoticeStore& notices)
      : handler_(runtime, v1::NoticeService::service_full_name()), pool_(pool), notices_(notices) {}

  grpc::Status ListNotices(grpc::ServerContext* context, const v1::ListNoticesRequest* request,
                           v1::ListNoticesResponse* response) override;
  grpc::Status MarkNoticesRead(grpc::ServerContext* context,
                               const v1::MarkNoticesReadRequest* request,
                               v1::MarkNoticesReadResponse* response) override;

 private:
  absl::StatusOr<v1::ListNoticesResponse> List(const api::Call& call,
                                               const v1::ListNoticesRequest& request);
  absl::StatusOr<v1::MarkNoticesReadResponse> MarkRead(const api::Call& call,
                                                       const v1::MarkNoticesReadRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  const NoticeStore& notices_;
};

}  // namespace jinhuan::meeting
