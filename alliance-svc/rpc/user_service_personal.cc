#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/personal_data.h"
#include "alliance-svc/rpc/own_account.h"
#include "alliance-svc/rpc/user_service.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/fingerprint.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kUser[] = "users/*";
constexpr char kMember[] = "alliances/*/members/*";

absl::Status CheckReveal(const v1::RevealPhoneRequest& request) {
  Violations violations;
  if (!request.name().starts_with("users/") || request.deputy()) {
    api::MatchName(kMember, request.name(), "name", violations);
  } else {
    api::MatchName(kUser, request.name(), "name", violations);
  }
  CheckReason(request.reason(), violations);
  return violations.ToStatus();
}

// Whether the number of a member's liaison is for the caller: the street, the chair
// and the unit itself.
absl::Status RequireNeighbour(const api::Call& call, const std::string& member) {
  const std::string alliance = api::AllianceOf(member);
  const auto& grants = call.caller.grants();
  const bool may = std::any_of(grants.begin(), grants.end(), [&](const auth::v1::Grant& grant) {
    return grant.member() == member ||
           (grant.alliance() == alliance &&
            (grant.role() == auth::v1::ROLE_STREET_ADMIN || grant.role() == auth::v1::ROLE_CHAIR));
  });
  return may ? absl::OkStatus() : NotFound(member);
}

// All that is kept of a person, and the version of the number among it.
struct Export {
  PersonalData data;
  std::string phone_version;
};

absl::StatusOr<Export> ReadExport(db::Connection& connection, const Stores& stores,
                                  const std::string& name, absl::Time now) {
  PersonalData data;
  JH_ASSIGN_OR_RETURN(StoredUser stored, stores.users.Get(connection, name, now));
  data.user = std::move(stored.user);
  JH_ASSIGN_OR_RETURN(const KeptPhone phone, stores.personal.Phone(connection, name, false));
  data.user.set_phone(phone.number);
  JH_ASSIGN_OR_RETURN(data.sessions, stores.credentials.StoredSessions(connection, name));
  JH_ASSIGN_OR_RETURN(data.calendar_link, stores.calendar_links.Find(connection, name));
  JH_ASSIGN_OR_RETURN(data.sign_on_link, stores.sign_on.Find(connection, name));
  return Export{std::move(data), phone.version};
}

// The same for exports that give the same. It is remembered, so the number must not be found
// out by it: that has too few digits to stand in what is hashed.
std::string MarkOf(Export taken) {
  taken.data.user.set_phone(taken.phone_version);
  v1::ExportPersonalDataResponse shown;
  shown.set_content(PersonalDataJson(taken.data));
  return api::Fingerprint(shown, {});
}

}  // namespace

grpc::Status UserService::RevealPhone(grpc::ServerContext* context,
                                      const v1::RevealPhoneRequest* request,
                                      v1::RevealPhoneResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RevealPhoneResponse> {
        JH_RETURN_IF_ERROR(CheckReveal(*request));
        const std::string& name = request->name();
        JH_RETURN_IF_ERROR(name.starts_with("users/") ? RequireOwnAccount(call, name)
                                                      : RequireNeighbour(call, name));
        KeptPhone phone;
        const auto look = [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(phone, stores_.personal.Phone(connection, name, request->deputy()));
          if (phone.number.empty()) return NotFound(name);
          return stores_.personal.JournalLook(connection, call, name, request->reason());
        };
        // The version is remembered in place of the number. A repetition reads the number
        // again: that is the same look unless it may be another number by now.
        v1::RevealPhoneResponse answer;
        JH_RETURN_IF_ERROR(api::Write(pool_, call, *request, answer,
                                      [&](db::Connection& connection) -> absl::Status {
                                        JH_RETURN_IF_ERROR(look(connection));
                                        answer.set_phone(phone.version);
                                        return absl::OkStatus();
                                      }));
        if (phone.number.empty()) return NotFound(name);  // gone since the first look
        if (answer.phone() != phone.version) {
          JH_RETURN_IF_ERROR(db::InTransaction(pool_, call.deadline, look));
        }
        answer.set_phone(phone.number);
        return answer;
      });
}

grpc::Status UserService::ExportPersonalData(grpc::ServerContext* context,
                                             const v1::ExportPersonalDataRequest* request,
                                             v1::ExportPersonalDataResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ExportPersonalDataResponse> {
        const std::string& name = request->name();
        JH_RETURN_IF_ERROR(api::RequireName(kUser, name).status());
        JH_RETURN_IF_ERROR(RequireOwnAccount(call, name));
        Export taken;
        const auto look = [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(taken, ReadExport(connection, stores_, name, call.now));
          return stores_.personal.JournalLook(connection, call, name, "");
        };
        // As of a phone number: a mark is remembered in place of the data, and a repetition that
        // gives other data is another look.
        v1::ExportPersonalDataResponse answer;
        JH_RETURN_IF_ERROR(api::Write(pool_, call, *request, answer,
                                      [&](db::Connection& connection) -> absl::Status {
                                        JH_RETURN_IF_ERROR(look(connection));
                                        answer.set_content(MarkOf(taken));
                                        return absl::OkStatus();
                                      }));
        if (taken.data.user.name().empty()) return NotFound(name);  // gone since the first look
        if (answer.content() != MarkOf(taken)) {
          JH_RETURN_IF_ERROR(db::InTransaction(pool_, call.deadline, look));
        }
        answer.set_filename("personal-data-" + taken.data.user.login() + ".json");
        answer.set_content(PersonalDataJson(taken.data));
        return answer;
      });
}

grpc::Status UserService::ErasePersonalData(grpc::ServerContext* context,
                                            const v1::ErasePersonalDataRequest* request,
                                            v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        const std::string& name = request->name();
        Violations violations;
        api::MatchName(kUser, name, "name", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_RETURN_IF_ERROR(stores_.users.TakeAdministratorTurn(connection));
              JH_ASSIGN_OR_RETURN(StoredUser before, stores_.users.Get(connection, name, call.now));
              if (before.user.state() == v1::User::STATE_ERASED) return std::move(before.user);
              JH_RETURN_IF_ERROR(RequireAnotherOfEachRole(connection, before.user));
              JH_RETURN_IF_ERROR(stores_.sign_in_failures.Lift(connection, before.user.login()));
              JH_ASSIGN_OR_RETURN(v1::User user,
                                  stores_.users.Erase(connection, call, before, request->reason()));
              JH_RETURN_IF_ERROR(stores_.credentials.DeleteAll(connection, name));
              JH_RETURN_IF_ERROR(stores_.passwords.ForgetHistory(connection, name));
              JH_RETURN_IF_ERROR(EndLinks(connection, stores_, name));
              JH_RETURN_IF_ERROR(
                  stores_.journal_erasures.Ask(connection, call, name, request->reason()));
              return user;
            });
      });
}

}  // namespace jinhuan::alliance
