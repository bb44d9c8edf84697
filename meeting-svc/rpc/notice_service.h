#pragma once

#include "jinhuan/meeting/v1/notice_service.grpc.pb.h"
#include "meeting-svc/storage/mail_settings_store.h"
#include "meeting-svc/storage/notice_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.NoticeService, as notice_service.proto states it. Thread-safe.
class NoticeService final : public v1::NoticeService::Service {
 public:
  // `sends_mail`: whether this installation does.
  NoticeService(const rpc::Runtime& runtime, db::Pool& pool, const NoticeStore& notices,
                const MailSettingsStore& mail, bool sends_mail)
      : handler_(runtime, v1::NoticeService::service_full_name()),
        pool_(pool),
        notices_(notices),
        mail_(mail),
        sends_mail_(sends_mail) {}

  grpc::Status ListNotices(grpc::ServerContext* context, const v1::ListNoticesRequest* request,
                           v1::ListNoticesResponse* response) override;
  grpc::Status MarkNoticesRead(grpc::ServerContext* context,
                               const v1::MarkNoticesReadRequest* request,
                               v1::MarkNoticesReadResponse* response) override;
  grpc::Status GetMailSettings(grpc::ServerContext* context,
                               const v1::GetMailSettingsRequest* request,
                               v1::MailSettings* response) override;
  grpc::Status SetMailAddress(grpc::ServerContext* context,
                              const v1::SetMailAddressRequest* request,
                              v1::MailSettings* response) override;
  grpc::Status ConfirmMailAddress(grpc::ServerContext* context,
                                  const v1::ConfirmMailAddressRequest* request,
                                  v1::MailSettings* response) override;
  grpc::Status UpdateMailSettings(grpc::ServerContext* context,
                                  const v1::UpdateMailSettingsRequest* request,
                                  v1::MailSettings* response) override;
  grpc::Status RemoveMailAddress(grpc::ServerContext* context,
                                 const v1::RemoveMailAddressRequest* request,
                                 v1::MailSettings* response) override;

 private:
  absl::StatusOr<v1::ListNoticesResponse> List(const api::Call& call,
                                               const v1::ListNoticesRequest& request);
  absl::StatusOr<v1::MarkNoticesReadResponse> MarkRead(const api::Call& call,
                                                       const v1::MarkNoticesReadRequest& request);
  absl::StatusOr<v1::MailSettings> Settings(const api::Call& call);
  absl::StatusOr<v1::MailSettings> Change(const api::Call& call,
                                          const google::protobuf::Message& request,
                                          absl::FunctionRef<absl::Status(db::Connection&)> body);

  rpc::Handler handler_;
  db::Pool& pool_;
  const NoticeStore& notices_;
  const MailSettingsStore& mail_;
  const bool sends_mail_;
};

}  // namespace jinhuan::meeting
