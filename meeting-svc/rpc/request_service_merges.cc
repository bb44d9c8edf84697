// Requests that many raise: what is merged, split off again, and offered to whoever reports.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/request_merges.h"
#include "meeting-svc/domain/request_rules.h"
#include "meeting-svc/rpc/request_service.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kRequestPattern[] = "alliances/*/requests/*";
constexpr int kMostOffered = 5;
constexpr int kLookedAt = 500;  // of each open state, the newest
constexpr v1::Request::State kOpen[] = {v1::Request::STATE_RECEIVED, v1::Request::STATE_CLASSIFIED,
                                        v1::Request::STATE_DISPATCHED,
                                        v1::Request::STATE_IN_PROGRESS};

// `into` with how many reported it, once `merged` is what goes on in it.
absl::StatusOr<v1::Request> Counted(const RequestStore::Stored& into,
                                    const std::vector<RequestStore::Stored>& merged) {
  if (merged.size() > kMostMerged) {
    return Error(v1::ERROR_REASON_REQUEST_MERGES_FULL,
                 {{"name", into.request.name()}, {"limit", fmt::to_string(kMostMerged)}});
  }
  std::set<std::string> reporters{into.reporter};
  for (const RequestStore::Stored& each : merged) reporters.insert(each.reporter);
  v1::Request counted = into.request;
  counted.set_reporter_count(static_cast<int32_t>(reporters.size()));
  counted.set_merged_count(static_cast<int32_t>(merged.size()));
  return counted;
}

}  // namespace

absl::StatusOr<std::vector<RequestStore::Stored>> RequestService::MergedOf(
    db::Connection& connection, const v1::Request& request) {
  if (request.merged_count() == 0) return std::vector<RequestStore::Stored>();
  const RequestStore::Filter filter{.alliance = api::AllianceOf(request.name()),
                                    .merged_into = request.name()};
  return deps_.requests.List(connection, filter, {}, kMostMerged);
}

absl::Status RequestService::MergeInto(db::Connection& connection, const api::Call& call,
                                       const std::vector<RequestStore::Stored>& others,
                                       std::string_view reason, RequestStore::Stored& into) {
  const std::string name = into.request.name();
  JH_ASSIGN_OR_RETURN(auto all, MergedOf(connection, into.request));
  const size_t before = all.size();
  for (const RequestStore::Stored& other : others) {
    JH_ASSIGN_OR_RETURN(const auto along, MergedOf(connection, other.request));
    all.push_back(other);
    all.insert(all.end(), along.begin(), along.end());
  }
  JH_ASSIGN_OR_RETURN(v1::Request after, Counted(into, all));
  // In the order of names, so that two at once don't wait for each other.
  std::map<std::string, std::pair<const RequestStore::Stored*, v1::Request>> changes;
  changes.emplace(name, std::pair(&into, after));
  for (size_t i = before; i < all.size(); ++i) {
    changes.emplace(all[i].request.name(),
                    std::pair(&all[i], Merged(all[i].request, name, reason,
                                              v1::RequestStep::ACTOR_STREET, call.now)));
  }
  for (const auto& [key, change] : changes) {
    JH_RETURN_IF_ERROR(
        deps_.requests.Put(connection, call, *change.first, change.second, std::nullopt, reason));
  }
  into.request = std::move(after);
  return absl::OkStatus();
}

absl::StatusOr<v1::Request> RequestService::Merge(const api::Call& call,
                                                  const v1::MergeRequestsRequest& request) {
  Violations violations;
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  violations.Require("merged_names", request.merged_names_size() > 0);
  violations.Check("merged_names", request.merged_names_size() <= 50, "at most 50", "最多 50 个");
  std::set<std::string> names{request.name()};
  for (const std::string& name : request.merged_names()) {
    if (!api::MatchName(kRequestPattern, name, "merged_names", violations)) continue;
    violations.Check("merged_names",
                     api::AllianceOf(name) == call.alliance && names.insert(name).second,
                     "other requests of the alliance, each once", "本联盟的其他诉求，且不重复");
  }
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Request>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Request> {
        JH_ASSIGN_OR_RETURN(RequestStore::Stored into, Seen(connection, call, request.name()));
        JH_RETURN_IF_ERROR(CheckOpen(into.request));
        std::vector<RequestStore::Stored> others;
        for (const std::string& name : request.merged_names()) {
          JH_ASSIGN_OR_RETURN(RequestStore::Stored other, Seen(connection, call, name));
          JH_RETURN_IF_ERROR(CheckOpen(other.request));
          others.push_back(std::move(other));
        }
        JH_RETURN_IF_ERROR(MergeInto(connection, call, others, request.reason(), into));
        return Shown(connection, call, into.request, into.reporter);
      });
}

absl::StatusOr<v1::Request> RequestService::SplitOff(const api::Call& call,
                                                     const v1::SplitRequestRequest& request) {
  Violations violations;
  api::MatchName(kRequestPattern, request.name(), "name", violations);
  violations.CheckText("reason", request.reason(), 1, 200);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(
      call, request, request.name(), request.reason(),
      [&](db::Connection& connection, v1::Request before) -> absl::StatusOr<v1::Request> {
        const std::string name = before.merged_into();
        JH_ASSIGN_OR_RETURN(v1::Request after,
                            Split(std::move(before), request.reason(), call.now));
        JH_ASSIGN_OR_RETURN(const RequestStore::Stored from, deps_.requests.Get(connection, name));
        JH_RETURN_IF_ERROR(CheckOpen(from.request));
        JH_ASSIGN_OR_RETURN(auto rest, MergedOf(connection, from.request));
        rest.erase(
            std::remove_if(rest.begin(), rest.end(),
                           [&](const auto& each) { return each.request.name() == after.name(); }),
            rest.end());
        JH_ASSIGN_OR_RETURN(const v1::Request left, Counted(from, rest));
        JH_RETURN_IF_ERROR(
            deps_.requests.Put(connection, call, from, left, std::nullopt, request.reason()));
        return after;
      });
}

absl::StatusOr<v1::Request> RequestService::MeToo(db::Connection& connection, const api::Call& call,
                                                  v1::Request request, const std::string& name) {
  JH_ASSIGN_OR_RETURN(RequestStore::Stored into, deps_.requests.Get(connection, name));
  if (!into.request.merged_into().empty()) {
    // It was merged since it was offered.
    JH_ASSIGN_OR_RETURN(into, deps_.requests.Get(connection, into.request.merged_into()));
  }
  v1::ListSimilarRequestsRequest asked;
  asked.set_category(request.category());
  asked.set_place(request.place());
  if (request.has_location()) *asked.mutable_location() = request.location();
  if (!SimilarTo(asked, into.request).has_value()) return NotFound(name);
  JH_RETURN_IF_ERROR(CheckOpen(into.request));
  JH_ASSIGN_OR_RETURN(auto all, MergedOf(connection, into.request));
  all.push_back({.request = request, .reporter = call.caller.name(), .version = 0});
  JH_ASSIGN_OR_RETURN(const v1::Request after, Counted(into, all));
  JH_RETURN_IF_ERROR(deps_.requests.Put(connection, call, into, after, std::nullopt));
  return Merged(std::move(request), into.request.name(), "", v1::RequestStep::ACTOR_REPORTER,
                call.now);
}

absl::StatusOr<v1::ListSimilarRequestsResponse> RequestService::ListSimilar(
    const api::Call& call, const v1::ListSimilarRequestsRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("category", v1::RequestCategory_IsValid(request.category()), "a known category",
                   "已有的诉求类别");
  violations.Require("category", request.category() != v1::REQUEST_CATEGORY_UNSPECIFIED);
  violations.CheckText("place", request.place(), request.has_location() ? 0 : 1, 120);
  CheckLocation(request.location(), "location", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  std::vector<v1::SimilarRequest> similar;
  JH_RETURN_IF_ERROR(db::Read<int>(deps_.pool, call.deadline,
                                   [&](db::Connection& connection) -> absl::StatusOr<int> {
                                     similar.clear();
                                     for (const v1::Request::State state : kOpen) {
                                       const RequestStore::Filter filter{
                                           .alliance = request.parent(), .state = state};
                                       JH_ASSIGN_OR_RETURN(
                                           const auto found,
                                           deps_.requests.List(connection, filter, {}, kLookedAt));
                                       for (const RequestStore::Stored& each : found) {
                                         if (each.reporter == call.caller.name()) continue;
                                         auto one = SimilarTo(request, each.request);
                                         if (one.has_value()) similar.push_back(*std::move(one));
                                       }
                                     }
                                     return 0;
                                   })
                         .status());
  std::stable_sort(similar.begin(), similar.end(), [](const auto& a, const auto& b) {
    return a.reporter_count() > b.reporter_count();
  });
  if (similar.size() > kMostOffered) similar.resize(kMostOffered);
  v1::ListSimilarRequestsResponse response;
  response.mutable_requests()->Assign(similar.begin(), similar.end());
  return response;
}

grpc::Status RequestService::MergeRequests(grpc::ServerContext* context,
                                           const v1::MergeRequestsRequest* request,
                                           v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Merge(call, *request); });
}

grpc::Status RequestService::SplitRequest(grpc::ServerContext* context,
                                          const v1::SplitRequestRequest* request,
                                          v1::Request* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return SplitOff(call, *request); });
}

grpc::Status RequestService::ListSimilarRequests(grpc::ServerContext* context,
                                                 const v1::ListSimilarRequestsRequest* request,
                                                 v1::ListSimilarRequestsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return ListSimilar(call, *request); });
}

}  // namespace jinhuan::meeting
