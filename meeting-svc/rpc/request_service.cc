#include "meeting-svc/rpc/request_service.h"

#include <set>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/rating.h"
#include "meeting-svc/domain/request_merges.h"
#include "meeting-svc/domain/request_rules.h"
#include "meeting-svc/domain/request_steps.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kRequestPattern[] = "alliances/*/requests/*";

void CheckToken(std::string_view field, std::string_view text, Violations& violations) {
  if (!violations.Require(field, !text.empty())) return;
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  violations.Check(field, plain && text.size() <= 64, "1 to 64 printable ASCII characters",
                   "1 至 64 个可见 ASCII 字符");
}

}  // namespace

absl::StatusOr<v1::Request> RequestService::WithClock(db::Connection& connection,
                                                      v1::Request request) {
  const std::string alliance = api::ParentOf(request.name());
  const absl::Time received = api::FromProto(request.create_time());
  JH_ASSIGN_OR_RETURN(const auto charter,
                      deps_.alliances.CharterAt(connection, alliance, received));
  JH_ASSIGN_OR_RETURN(const auto days, deps_.alliances.Days(connection, alliance));
  JH_ASSIGN_OR_RETURN(const auto zone, deps_.alliances.Zone(connection, alliance));
  const RequestClock clock{.due = DueTime(received, request.type(), charter, days, zone),
                           .charter_version = charter.version()};
  return Timed(std::move(request), clock);
}

absl::StatusOr<v1::Request> RequestService::Known(db::Connection& connection, const api::Call& call,
                                                  const std::string& alliance, v1::Request request,
                                                  v1::RequestStep::Actor actor) {
  request.set_name(deps_.requests.NewName(alliance));
  request = Received(std::move(request), actor, call.now);
  auto timed = WithClock(connection, request);
  if (request.category() == v1::REQUEST_CATEGORY_UNSPECIFIED) {
    // It is received all the same where no charter is known yet.
    return absl::IsFailedPrecondition(timed.status()) ? request : timed;
  }
  JH_ASSIGN_OR_RETURN(request, std::move(timed));
  return Classified(std::move(request), actor, call.now);
}

absl::StatusOr<v1::Request> RequestService::TakenIn(db::Connection& connection,
                                                    const api::Call& call,
                                                    const std::string& alliance,
                                                    v1::Request request,
                                                    v1::RequestStep::Actor actor) {
  JH_ASSIGN_OR_RETURN(request, Known(connection, call, alliance, std::move(request), actor));
  if (request.category() == v1::REQUEST_CATEGORY_UNSPECIFIED) return request;
  JH_ASSIGN_OR_RETURN(const auto table, deps_.tables.Get(connection, alliance));
  const std::string member = MemberFor(table, request.category(), request.grid());
  if (member.empty()) return request;
  const auto unit = deps_.alliances.ActiveMember(connection, member);
  // A unit that has left since leaves it to the street.
  if (absl::IsNotFound(unit.status()) || absl::IsFailedPrecondition(unit.status())) return request;
  JH_RETURN_IF_ERROR(unit.status());
  return Dispatched(std::move(request), member, unit->display_name(), "",
                    v1::RequestStep::ACTOR_RULE, call.now);
}

absl::StatusOr<RequestStore::Stored> RequestService::Seen(db::Connection& connection,
                                                          const api::Call& call,
                                                          const std::string& name) {
  JH_ASSIGN_OR_RETURN(RequestStore::Stored stored, deps_.requests.Get(connection, name));
  std::string member = stored.request.member();
  if (!stored.request.merged_into().empty()) {
    // The unit that has the one that it goes on in.
    JH_ASSIGN_OR_RETURN(const auto into,
                        deps_.requests.Get(connection, stored.request.merged_into()));
    member = into.request.member();
  }
  if (!call.Covers(stored.reporter, member)) return NotFound(name);
  return stored;
}

absl::StatusOr<v1::Request> RequestService::Shown(db::Connection& connection, const api::Call& call,
                                                  const v1::Request& request,
                                                  const std::string& reporter) {
  v1::Request shown = SeenBy(request, reporter, call.caller, call.now);
  if (request.merged_into().empty()) return shown;
  JH_ASSIGN_OR_RETURN(const auto into, deps_.requests.Get(connection, request.merged_into()));
  *shown.mutable_progress() = ProgressOf(into.request);
  return shown;
}

absl::StatusOr<v1::Request> RequestService::Change(const api::Call& call,
                                                   const google::protobuf::Message& message,
                                                   const std::string& name, std::string_view reason,
                                                   Step step) {
  return api::Write<v1::Request>(
      deps_.pool, call, message, [&](db::Connection& connection) -> absl::StatusOr<v1::Request> {
        JH_ASSIGN_OR_RETURN(const RequestStore::Stored before, Seen(connection, call, name));
        JH_ASSIGN_OR_RETURN(const v1::Request after, step(connection, before.request));
        JH_RETURN_IF_ERROR(deps_.requests.Put(connection, call, before, after,
                                              ArchiveTime(after, call.now), reason));
        return Shown(connection, call, after, before.reporter);
      });
}

absl::StatusOr<v1::Request> RequestService::Create(const api::Call& call,
                                                   const v1::CreateRequestRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckRequest(request.request(), violations);
  const std::vector<Photo> photos = CheckPhotos(request.photos(), "photos", violations);
  const std::string& into = request.merge_into();
  if (!into.empty() && api::MatchName(kRequestPattern, into, "merge_into", violations)) {
    violations.Check("merge_into", api::AllianceOf(into) == request.parent(),
                     "a request of the alliance", "本联盟的诉求");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Request>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Request> {
        const v1::Request sent = Reported(request.request());
        JH_ASSIGN_OR_RETURN(
            v1::Request made,
            into.empty()
                ? TakenIn(connection, call, request.parent(), sent, v1::RequestStep::ACTOR_REPORTER)
                : Known(connection, call, request.parent(), sent, v1::RequestStep::ACTOR_REPORTER));
        if (!into.empty()) {
          JH_ASSIGN_OR_RETURN(made, MeToo(connection, call, std::move(made), into));
        }
        JH_ASSIGN_OR_RETURN(const auto names,
                            deps_.requests.AddPhotos(connection, made.name(), photos));
        made.mutable_photos()->Assign(names.begin(), names.end());
        JH_RETURN_IF_ERROR(deps_.requests.Create(connection, call, made).status());
        return Shown(connection, call, made, call.caller.name());
      });
}

absl::StatusOr<v1::Request> RequestService::Dispatch(const api::Call& call,
                                                     const v1::DispatchRequestRequest& request) {
  Violations violations;
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  if (api::MatchName("alliances/*/members/*", request.member(), "member", violations)) {
    violations.Check("member", api::AllianceOf(request.member()) == call.alliance,
                     "a member of the alliance", "本联盟的成员单位");
  }
  violations.Check("category", v1::RequestCategory_IsValid(request.category()), "a known category",
                   "已有的诉求类别");
  violations.Check("type", v1::RequestType_IsValid(request.type()), "a known type",
                   "已有的诉求类型");
  violations.CheckText("reason", request.reason(), 0, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(
      call, request, request.name(), request.reason(),
      [&](db::Connection& connection, v1::Request before) -> absl::StatusOr<v1::Request> {
        JH_ASSIGN_OR_RETURN(const auto unit,
                            deps_.alliances.ActiveMember(connection, request.member()));
        if (request.category() != v1::REQUEST_CATEGORY_UNSPECIFIED) {
          before.set_category(request.category());
        }
        Violations missing;
        missing.Require("category", before.category() != v1::REQUEST_CATEGORY_UNSPECIFIED);
        JH_RETURN_IF_ERROR(missing.ToStatus());
        const bool other_type =
            request.type() != v1::REQUEST_TYPE_UNSPECIFIED && request.type() != before.type();
        if (other_type) before.set_type(request.type());
        if (other_type || !before.has_due_time()) {
          JH_ASSIGN_OR_RETURN(before, WithClock(connection, std::move(before)));
        }
        before = Classified(std::move(before), v1::RequestStep::ACTOR_STREET, call.now);
        return Dispatched(std::move(before), request.member(), unit.display_name(),
                          request.reason(), v1::RequestStep::ACTOR_STREET, call.now);
      });
}

absl::StatusOr<v1::Request> RequestService::Resolve(const api::Call& call,
                                                    const v1::ResolveRequestRequest& request) {
  Violations violations;
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  violations.CheckText("result", request.result(), 1, 1000);
  const std::vector<Photo> photos = CheckPhotos(request.photos(), "photos", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, request.name(), "",
                [&](db::Connection& connection, v1::Request before) -> absl::StatusOr<v1::Request> {
                  // Whoever reported it may see it, but only the unit resolves it.
                  if (!call.Covers("", before.member())) return NotFound(request.name());
                  JH_ASSIGN_OR_RETURN(v1::Request after,
                                      Resolved(std::move(before), request.result(), call.now));
                  JH_ASSIGN_OR_RETURN(const auto names,
                                      deps_.requests.AddPhotos(connection, request.name(), photos));
                  after.mutable_result_photos()->Assign(names.begin(), names.end());
                  return after;
                });
}

absl::StatusOr<v1::Request> RequestService::Reopen(const api::Call& call,
                                                   const v1::ReopenRequestRequest& request) {
  Violations violations;
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, request.name(), request.reason(),
                [&](db::Connection& connection, v1::Request before) -> absl::StatusOr<v1::Request> {
                  JH_ASSIGN_OR_RETURN(v1::Request after,
                                      Reopened(before, request.reason(), call.now));
                  JH_ASSIGN_OR_RETURN(const auto merged, MergedOf(connection, before));
                  for (const RequestStore::Stored& each : merged) {
                    if (each.request.rating() == 0) continue;
                    JH_RETURN_IF_ERROR(deps_.requests.Put(
                        connection, call, each, UnratedMerged(each.request), std::nullopt));
                  }
                  return after;
                });
}

absl::StatusOr<v1::Topic> RequestService::Escalate(const api::Call& call,
                                                   const v1::EscalateRequestRequest& request) {
  Violations violations;
  std::set<std::string> names{request.name()};
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  for (const std::string& name : request.more_names()) {
    api::MatchName(kRequestPattern, name, "more_names", violations);
    violations.Check("more_names",
                     api::AllianceOf(name) == call.alliance && names.insert(name).second,
                     "requests of the alliance, each once", "本联盟的诉求，且不重复");
  }
  violations.Check("more_names", request.more_names_size() <= 50, "at most 50", "最多 50 个");
  violations.CheckText("title", request.title(), 0, 60);
  violations.CheckText("body", request.body(), 1, 2000);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Topic>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Topic> {
        JH_ASSIGN_OR_RETURN(const RequestStore::Stored first,
                            Seen(connection, call, request.name()));
        v1::Topic sent;
        sent.set_title(request.title().empty() ? first.request.title() : request.title());
        sent.set_body(request.body());
        sent.set_request(request.name());
        // In the order of names, so that two at once don't wait for each other.
        std::vector<RequestStore::Stored> about;
        std::set<std::string> reporters;
        for (const std::string& name : names) {
          JH_ASSIGN_OR_RETURN(const RequestStore::Stored one, Seen(connection, call, name));
          if (!one.request.topic().empty()) {
            return Error(v1::ERROR_REASON_REQUEST_HAS_TOPIC,
                         {{"name", name}, {"topic", one.request.topic()}});
          }
          if (!one.request.merged_into().empty()) return CheckOpen(one.request);
          JH_ASSIGN_OR_RETURN(const auto merged, MergedOf(connection, one.request));
          reporters.insert(one.reporter);
          for (const RequestStore::Stored& each : merged) reporters.insert(each.reporter);
          about.push_back(one);
        }
        sent.set_reporter_count(static_cast<int32_t>(reporters.size()));
        JH_ASSIGN_OR_RETURN(
            const v1::Topic topic,
            deps_.topics.Create(connection, call, api::LastId(call.alliance), sent));
        for (const RequestStore::Stored& before : about) {
          v1::Request after = before.request;
          after.set_topic(topic.name());
          JH_RETURN_IF_ERROR(
              deps_.requests.Put(connection, call, before, after, ArchiveTime(after, call.now)));
        }
        return topic;
      });
}

absl::StatusOr<v1::IngestAlertResponse> RequestService::Ingest(
    const api::Call& call, const v1::IngestAlertRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckToken("source", request.source(), violations);
  CheckToken("external_id", request.external_id(), violations);
  CheckRequest(request.request(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  v1::Request sent = Reported(request.request());
  sent.set_source(request.source());
  sent.set_external_id(request.external_id());
  return api::Write<v1::IngestAlertResponse>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::IngestAlertResponse> {
        v1::IngestAlertResponse response;
        JH_ASSIGN_OR_RETURN(const v1::Request made, TakenIn(connection, call, request.parent(),
                                                            sent, v1::RequestStep::ACTOR_SYSTEM));
        // The unique key decides, not a look before.
        JH_ASSIGN_OR_RETURN(const bool created,
                            deps_.requests.Create(connection, call, made, &sent));
        response.set_created(created);
        if (created) {
          *response.mutable_request() = SeenBy(made, call.caller.name(), call.caller, call.now);
          return response;
        }
        JH_ASSIGN_OR_RETURN(const auto alert,
                            deps_.requests.GetAlert(connection, request.parent(), sent));
        response.set_differs(!alert.same);
        JH_ASSIGN_OR_RETURN(*response.mutable_request(),
                            Shown(connection, call, alert.stored.request, alert.stored.reporter));
        return response;
      });
}

absl::StatusOr<v1::DispatchTable> RequestService::PutTable(
    const api::Call& call, const v1::UpdateDispatchTableRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckTable(request.dispatch_table(), request.parent(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::DispatchTable>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::DispatchTable> {
        JH_ASSIGN_OR_RETURN(auto table, deps_.tables.Put(connection, call, request.parent(),
                                                         request.dispatch_table()));
        for (const v1::DispatchRule& rule : table.rules()) {
          JH_RETURN_IF_ERROR(deps_.alliances.ActiveMember(connection, rule.member()).status());
        }
        return table;
      });
}

grpc::Status RequestService::CreateRequest(grpc::ServerContext* context,
                                           const v1::CreateRequestRequest* request,
                                           v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Create(call, *request); });
}

grpc::Status RequestService::GetRequest(grpc::ServerContext* context,
                                        const v1::GetRequestRequest* request,
                                        v1::Request* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Request> {
        JH_RETURN_IF_ERROR(api::RequireName(kRequestPattern, request->name()).status());
        return db::Read<v1::Request>(
            deps_.pool, call.deadline, [&](db::Connection& c) -> absl::StatusOr<v1::Request> {
              JH_ASSIGN_OR_RETURN(const auto stored, Seen(c, call, request->name()));
              return Shown(c, call, stored.request, stored.reporter);
            });
      });
}

grpc::Status RequestService::GetRequestPhoto(grpc::ServerContext* context,
                                             const v1::GetRequestPhotoRequest* request,
                                             v1::RequestPhoto* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RequestPhoto> {
        const std::string& name = request->name();
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*/requests/*/photos/*", name).status());
        return db::Read<v1::RequestPhoto>(
            deps_.pool, call.deadline, [&](db::Connection& c) -> absl::StatusOr<v1::RequestPhoto> {
              if (!Seen(c, call, api::ParentOf(name)).ok()) return NotFound(name);
              return deps_.requests.GetPhoto(c, name);
            });
      });
}

grpc::Status RequestService::DispatchRequest(grpc::ServerContext* context,
                                             const v1::DispatchRequestRequest* request,
                                             v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Dispatch(call, *request); });
}

grpc::Status RequestService::StartRequest(grpc::ServerContext* context,
                                          const v1::StartRequestRequest* request,
                                          v1::Request* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Request> {
        JH_RETURN_IF_ERROR(api::RequireName(kRequestPattern, request->name()).status());
        return Change(call, *request, request->name(), "",
                      [&](db::Connection&, v1::Request before) -> absl::StatusOr<v1::Request> {
                        if (!call.Covers("", before.member())) return NotFound(request->name());
                        return Started(std::move(before), call.now);
                      });
      });
}

grpc::Status RequestService::ResolveRequest(grpc::ServerContext* context,
                                            const v1::ResolveRequestRequest* request,
                                            v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Resolve(call, *request); });
}

grpc::Status RequestService::ReopenRequest(grpc::ServerContext* context,
                                           const v1::ReopenRequestRequest* request,
                                           v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Reopen(call, *request); });
}

grpc::Status RequestService::RateRequest(grpc::ServerContext* context,
                                         const v1::RateRequestRequest* request,
                                         v1::Request* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Request> {
        Violations violations;
        api::MatchName(kRequestPattern, request->name(), "name", violations);
        CheckRating(request->rating(), violations);
        violations.CheckText("comment", request->comment(), 0, 200);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return Change(
            call, *request, request->name(), "",
            [&](db::Connection& c, v1::Request before) -> absl::StatusOr<v1::Request> {
              if (before.merged_into().empty()) {
                return Rated(std::move(before), request->rating(), request->comment(), call.now);
              }
              JH_ASSIGN_OR_RETURN(const auto into, deps_.requests.Get(c, before.merged_into()));
              return RatedMerged(std::move(before), into.request, request->rating(),
                                 request->comment());
            });
      });
}

grpc::Status RequestService::EscalateRequest(grpc::ServerContext* context,
                                             const v1::EscalateRequestRequest* request,
                                             v1::Topic* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Escalate(call, *request); });
}

grpc::Status RequestService::IngestAlert(grpc::ServerContext* context,
                                         const v1::IngestAlertRequest* request,
                                         v1::IngestAlertResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Ingest(call, *request); });
}

grpc::Status RequestService::GetDispatchTable(grpc::ServerContext* context,
                                              const v1::GetDispatchTableRequest* request,
                                              v1::DispatchTable* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::DispatchTable> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request->parent(), "parent").status());
        return db::Read<v1::DispatchTable>(deps_.pool, call.deadline, [&](db::Connection& c) {
          return deps_.tables.Get(c, request->parent());
        });
      });
}

grpc::Status RequestService::UpdateDispatchTable(grpc::ServerContext* context,
                                                 const v1::UpdateDispatchTableRequest* request,
                                                 v1::DispatchTable* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return PutTable(call, *request); });
}

}  // namespace jinhuan::meeting
