#include "alliance-svc/rpc/sign_on_service.h"

#include <sodium.h>

#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/own_account.h"
#include "alliance-svc/rpc/session_message.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/write.h"
#include "platform/client_source.h"
#include "platform/id.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kTokenBytes = 32;
constexpr absl::Duration kTicketLife = absl::Minutes(10);

absl::Status NotSetUp() { return Error(v1::ERROR_REASON_SIGN_ON_NOT_SET_UP); }
absl::Status NotLinked() { return Error(v1::ERROR_REASON_SIGN_ON_NOT_LINKED); }
absl::Status NoLink(const api::Call& call) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND,
               {{"name", call.caller.name() + "/signOnLink"}});
}

// A link is a person's.
absl::Status RequirePerson(const api::Call& call) {
  return call.caller.name().starts_with("users/") ? absl::OkStatus() : NoLink(call);
}

}  // namespace

SignOnService::SignOnService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                             const AccountOptions& options, SignOnProvider* provider)
    : handler_(runtime, v1::SignOnService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores),
      options_(options),
      provider_(provider) {}

grpc::Status SignOnService::GetSignOnProvider(grpc::ServerContext* context,
                                              const v1::GetSignOnProviderRequest* request,
                                              v1::SignOnProvider* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call&) -> absl::StatusOr<v1::SignOnProvider> {
                          v1::SignOnProvider about;
                          if (provider_ != nullptr) {
                            about.set_display_name(provider_->options().display_name);
                          }
                          return about;
                        });
}

grpc::Status SignOnService::BeginSignOn(grpc::ServerContext* context,
                                        const v1::BeginSignOnRequest* request,
                                        v1::BeginSignOnResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::BeginSignOnResponse> {
        if (provider_ == nullptr) return NotSetUp();
        const SignOnTicket ticket(RandomToken(kTokenBytes), call.now + kTicketLife);
        v1::BeginSignOnResponse answer;
        answer.set_ticket(
            ticket.Seal(provider_->ticket_key(), ids_.RandomBytes(crypto_secretbox_NONCEBYTES)));
        JH_ASSIGN_OR_RETURN(
            *answer.mutable_authorization_url(),
            provider_->AuthorizationUrl(ticket, CredentialHash(answer.ticket()), call.deadline));
        return answer;
      });
}

// In a transaction of its own, before the provider is asked.
absl::Status SignOnService::Spend(const api::Call& call, const std::string& ticket_hash,
                                  absl::Time expire_time) {
  bool first = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(first, stores_.sign_on.Spend(connection, ticket_hash, expire_time));
        return absl::OkStatus();
      }));
  return first ? absl::OkStatus() : SignOnFailed("a ticket that came before");
}

// The state is the hash of the ticket: an address that someone else made up does not
// belong to the ticket in this browser.
template <class Request>
absl::StatusOr<SignOnIdentity> SignOnService::IdentityFor(const api::Call& call,
                                                          const Request& request) {
  if (provider_ == nullptr) return NotSetUp();
  if (request.code().empty()) return SignOnFailed("no code");
  const std::string hash = CredentialHash(request.ticket());
  if (request.state() != hash) return SignOnFailed("another state");
  const auto ticket = SignOnTicket::Open(request.ticket(), provider_->ticket_key(), call.now);
  if (!ticket.ok()) return SignOnFailed(ticket.status().message());
  JH_RETURN_IF_ERROR(Spend(call, hash, ticket->expire_time()));
  JH_ASSIGN_OR_RETURN(std::string subject,
                      provider_->SubjectFor(request.code(), *ticket, call.deadline));
  return SignOnIdentity{.issuer = provider_->options().issuer, .subject = std::move(subject)};
}

grpc::Status SignOnService::FinishSignOn(grpc::ServerContext* context,
                                         const v1::FinishSignOnRequest* request,
                                         v1::Session* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Session> {
        JH_ASSIGN_OR_RETURN(const SignOnIdentity identity, IdentityFor(call, *request));
        const std::string token = RandomToken(kTokenBytes);
        JH_ASSIGN_OR_RETURN(v1::Session session, OpenSession(call, identity, token));
        context->AddInitialMetadata(kSessionMetadata, token);
        return session;
      });
}

absl::StatusOr<v1::Session> SignOnService::OpenSession(const api::Call& call,
                                                       const SignOnIdentity& identity,
                                                       const std::string& token) {
  const std::string credential_id = CredentialHash(token);
  return api::Write<v1::Session>(
      pool_, call, v1::FinishSignOnRequest(),
      [&](db::Connection& connection) -> absl::StatusOr<v1::Session> {
        JH_ASSIGN_OR_RETURN(const auto user, stores_.sign_on.FindUser(connection, identity));
        if (!user.has_value()) return NotLinked();
        JH_ASSIGN_OR_RETURN(const auto account, stores_.passwords.FindByName(connection, *user));
        if (!account.has_value()) return NotLinked();
        JH_RETURN_IF_ERROR(stores_.sign_in_failures.CheckAllowed(
            connection, {account->login, SourceOf(call.address)}, call.now));
        JH_ASSIGN_OR_RETURN(const bool active,
                            stores_.passwords.CountSignIn(connection, *account, call.now));
        if (!active) return NotLinked();
        JH_RETURN_IF_ERROR(stores_.credentials.Open(connection, call, *user, credential_id,
                                                    call.now + options_.session_life));
        JH_ASSIGN_OR_RETURN(ResolvedCredential resolved,
                            stores_.credentials.Resolve(connection, credential_id, call.now));
        return SessionOf(std::move(resolved), options_.passwords);
      });
}

grpc::Status SignOnService::LinkSignOn(grpc::ServerContext* context,
                                       const v1::LinkSignOnRequest* request,
                                       v1::SignOnLink* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::SignOnLink> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          JH_ASSIGN_OR_RETURN(const SignOnIdentity identity,
                                              IdentityFor(call, *request));
                          return api::Write<v1::SignOnLink>(
                              pool_, call, *request,
                              [&](db::Connection& connection) -> absl::StatusOr<v1::SignOnLink> {
                                JH_RETURN_IF_ERROR(RequireOwnPassword(connection, stores_, call));
                                return stores_.sign_on.Replace(connection, call, identity);
                              });
                        });
}

grpc::Status SignOnService::GetSignOnLink(grpc::ServerContext* context,
                                          const v1::GetSignOnLinkRequest* request,
                                          v1::SignOnLink* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::SignOnLink> {
                          JH_RETURN_IF_ERROR(RequirePerson(call));
                          JH_ASSIGN_OR_RETURN(
                              const auto link,
                              db::Read<std::optional<v1::SignOnLink>>(
                                  pool_, call.deadline, [&](db::Connection& connection) {
                                    return stores_.sign_on.Find(connection, call.caller.name());
                                  }));
                          if (!link.has_value()) return NoLink(call);
                          return *link;
                        });
}

grpc::Status SignOnService::UnlinkSignOn(grpc::ServerContext* context,
                                         const v1::UnlinkSignOnRequest* request,
                                         v1::UnlinkSignOnResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::UnlinkSignOnResponse> {
        JH_RETURN_IF_ERROR(RequirePerson(call));
        return api::Write<v1::UnlinkSignOnResponse>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::UnlinkSignOnResponse> {
              JH_ASSIGN_OR_RETURN(const bool removed, stores_.sign_on.Remove(connection, call));
              if (!removed) return NoLink(call);
              return v1::UnlinkSignOnResponse();
            });
      });
}

}  // namespace jinhuan::alliance
