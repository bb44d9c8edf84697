#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/mail_address.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/rpc/notice_service.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kChinese[] = "zh-CN";

// An address is a person's, who hears of something.
absl::Status RequirePerson(const api::Call& call) {
  if (call.caller.name().starts_with("users/")) {
    if (HearsOfAnything(call.caller)) return absl::OkStatus();
    return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
  }
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND,
               {{"name", call.caller.name() + "/mailSettings"}});
}

bool IsLanguage(const std::string& code) { return code == kChinese || code == "en"; }

void CheckLanguage(const std::string& field, const std::string& code, Violations& violations) {
  violations.Check(field, IsLanguage(code), "zh-CN or en", "zh-CN 或 en");
}

absl::Status Edit(const v1::UpdateMailSettingsRequest& request, v1::MailSettings& settings) {
  JH_RETURN_IF_ERROR(api::ApplyMask(request.update_mask(), {"choice", "language_code"},
                                    request.settings(), settings));
  Violations violations;
  violations.Check("settings.choice",
                   v1::MailChoice_IsValid(settings.choice()) && settings.choice() != 0, "a choice",
                   "一个选项");
  CheckLanguage("settings.language_code", settings.language_code(), violations);
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<v1::MailSettings> NoticeService::Settings(const api::Call& call) {
  JH_ASSIGN_OR_RETURN(v1::MailSettings settings,
                      db::Read<v1::MailSettings>(pool_, call.deadline, [&](db::Connection& c) {
                        return mail_.Get(c, call.caller.name());
                      }));
  settings.set_available(sends_mail_);
  return settings;
}

// What is remembered of a change is that it was done: addresses are not. A repetition answers
// as things are then.
absl::StatusOr<v1::MailSettings> NoticeService::Change(
    const api::Call& call, const google::protobuf::Message& request,
    absl::FunctionRef<absl::Status(db::Connection&)> body) {
  v1::MailSettings remembered;
  JH_RETURN_IF_ERROR(api::Write(pool_, call, request, remembered, body));
  return Settings(call);
}

grpc::Status NoticeService::GetMailSettings(grpc::ServerContext* context,
                                            const v1::GetMailSettingsRequest* request,
                                            v1::MailSettings* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::MailSettings> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          return Settings(call);
                        });
}

grpc::Status NoticeService::SetMailAddress(grpc::ServerContext* context,
                                           const v1::SetMailAddressRequest* request,
                                           v1::MailSettings* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::MailSettings> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          const std::string language = request->language_code().empty()
                                                           ? kChinese
                                                           : request->language_code();
                          Violations violations;
                          if (violations.Require("address", !request->address().empty())) {
                            violations.Check("address", IsMailAddress(request->address()),
                                             "an e-mail address", "邮箱地址");
                          }
                          CheckLanguage("language_code", language, violations);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          if (!sends_mail_) return Error(v1::ERROR_REASON_MAIL_NOT_SET_UP);
                          return Change(call, *request, [&](db::Connection& connection) {
                            return mail_.Name(connection, call, request->address(), language);
                          });
                        });
}

grpc::Status NoticeService::ConfirmMailAddress(grpc::ServerContext* context,
                                               const v1::ConfirmMailAddressRequest* request,
                                               v1::MailSettings* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::MailSettings> {
        JH_RETURN_IF_ERROR(RequirePerson(call));
        Violations violations;
        violations.Require("code", !request->code().empty());
        JH_RETURN_IF_ERROR(violations.ToStatus());
        int tries_left = 0;
        JH_RETURN_IF_ERROR(db::InTransaction(
            pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
              JH_ASSIGN_OR_RETURN(tries_left, mail_.CountTry(connection, call));
              return absl::OkStatus();
            }));
        return Change(call, *request, [&](db::Connection& connection) {
          return mail_.Confirm(connection, call, request->code(), tries_left);
        });
      });
}

grpc::Status NoticeService::UpdateMailSettings(grpc::ServerContext* context,
                                               const v1::UpdateMailSettingsRequest* request,
                                               v1::MailSettings* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::MailSettings> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          return Change(call, *request, [&](db::Connection& connection) {
                            return mail_.Update(connection, call, [&](v1::MailSettings& settings) {
                              return Edit(*request, settings);
                            });
                          });
                        });
}

grpc::Status NoticeService::RemoveMailAddress(grpc::ServerContext* context,
                                              const v1::RemoveMailAddressRequest* request,
                                              v1::MailSettings* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::MailSettings> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          return Change(call, *request, [&](db::Connection& connection) {
                            return mail_.Remove(connection, call);
                          });
                        });
}

}  // namespace jinhuan::meeting
