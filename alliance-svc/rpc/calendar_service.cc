#include "alliance-svc/rpc/calendar_service.h"

#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/rpc/own_account.h"
#include "platform/api/write.h"
#include "platform/id.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kTokenBytes = 32;

absl::Status NoLinkOf(const std::string& user) { return NotFound(user + "/calendarLink"); }

// A link is a person's.
absl::Status RequirePerson(const api::Call& call) {
  return call.caller.name().starts_with("users/") ? absl::OkStatus() : NoLinkOf(call.caller.name());
}

std::string PathOf(const std::string& token) { return "/calendars/" + token + ".ics"; }

}  // namespace

CalendarService::CalendarService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores)
    : handler_(runtime, v1::CalendarService::service_full_name()), pool_(pool), stores_(stores) {}

grpc::Status CalendarService::CreateCalendarLink(grpc::ServerContext* context,
                                                 const v1::CreateCalendarLinkRequest* request,
                                                 v1::CalendarLink* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::CalendarLink> {
        JH_RETURN_IF_ERROR(RequirePerson(call));
        const std::string token = RandomToken(kTokenBytes);
        const std::string hash = CredentialHash(token);
        // The hash is remembered in place of the path: a repetition gets that of
        // another token, and no path.
        JH_ASSIGN_OR_RETURN(
            v1::CalendarLink link,
            api::Write<v1::CalendarLink>(
                pool_, call, *request,
                [&](db::Connection& connection) -> absl::StatusOr<v1::CalendarLink> {
                  JH_RETURN_IF_ERROR(RequireOwnPassword(connection, stores_, call));
                  JH_ASSIGN_OR_RETURN(v1::CalendarLink made,
                                      stores_.calendar_links.Replace(connection, call, hash));
                  made.set_path(hash);
                  return made;
                }));
        link.set_path(link.path() == hash ? PathOf(token) : "");
        return link;
      });
}

grpc::Status CalendarService::GetCalendarLink(grpc::ServerContext* context,
                                              const v1::GetCalendarLinkRequest* request,
                                              v1::CalendarLink* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::CalendarLink> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          JH_ASSIGN_OR_RETURN(
                              const std::optional<v1::CalendarLink> link,
                              db::Read<std::optional<v1::CalendarLink>>(
                                  pool_, call.deadline, [&](db::Connection& connection) {
                                    return stores_.calendar_links.Find(connection,
                                                                       call.caller.name());
                                  }));
                          if (!link.has_value()) return NoLinkOf(call.caller.name());
                          return *link;
                        });
}

grpc::Status CalendarService::RevokeCalendarLink(grpc::ServerContext* context,
                                                 const v1::RevokeCalendarLinkRequest* request,
                                                 v1::RevokeCalendarLinkResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RevokeCalendarLinkResponse> {
        JH_RETURN_IF_ERROR(RequirePerson(call));
        v1::RevokeCalendarLinkResponse answer;
        JH_RETURN_IF_ERROR(
            api::Write(pool_, call, *request, answer, [&](db::Connection& connection) {
              return stores_.calendar_links.Revoke(connection, call);
            }));
        return answer;
      });
}

grpc::Status CalendarService::ResolveCalendarLink(grpc::ServerContext* context,
                                                  const v1::ResolveCalendarLinkRequest* request,
                                                  v1::ResolveCalendarLinkResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ResolveCalendarLinkResponse> {
        const std::string hash = CredentialHash(request->token());
        bool note = false;
        v1::ResolveCalendarLinkResponse answer;
        JH_RETURN_IF_ERROR(
            db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
              JH_ASSIGN_OR_RETURN(const std::optional<FoundLink> link,
                                  stores_.calendar_links.FindByToken(connection, hash, call.now));
              if (!link.has_value()) return NoLinkOf("users/-");
              JH_ASSIGN_OR_RETURN(*answer.mutable_caller(),
                                  stores_.credentials.CallerOf(connection, link->user, call.now));
              note = !link->read_before;
              return absl::OkStatus();
            }));
        if (note) {
          JH_RETURN_IF_ERROR(
              db::InTransaction(pool_, call.deadline, [&](db::Connection& connection) {
                return stores_.calendar_links.NoteRead(connection, hash, call.now);
              }));
        }
        return answer;
      });
}

}  // namespace jinhuan::alliance
