#include "meeting-svc/rpc/ballot_service.h"

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/ballot_rules.h"
#include "meeting-svc/domain/paper.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kMeetingPattern[] = "alliances/*/meetings/*";
constexpr char kBallotPattern[] = "alliances/*/meetings/*/ballots/*";
constexpr char kProxyPattern[] = "alliances/*/meetings/*/proxies/*";
constexpr char kMemberPattern[] = "alliances/*/members/*";

absl::StatusOr<BallotId> IdOf(std::string_view name) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName(kBallotPattern, name, "name"));
  return BallotId{{ids[0], ids[1]}, ids[2]};
}

// The id of the unit that is meant, of the caller's alliance; at `member`, FIELD_REQUIRED
// where the caller has several and names none.
absl::StatusOr<std::string> UnitOf(const api::Call& call, const std::string& wanted) {
  const std::string unit = wanted.empty() ? call.ActingUnit("") : wanted;
  Violations violations;
  const auto ids = api::MatchName(kMemberPattern, unit, "member", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  if ("alliances/" + ids->at(0) != call.alliance) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", wanted}});
  }
  return ids->at(1);
}

}  // namespace

grpc::Status BallotService::OpenBallot(grpc::ServerContext* context,
                                       const v1::OpenBallotRequest* request, v1::Ballot* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Ballot> {
        Violations violations;
        const auto ids = api::MatchName(kMeetingPattern, request->parent(), "parent", violations);
        CheckBallot(request->ballot(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        const MeetingKey meeting{ids->at(0), ids->at(1)};
        return api::Write<v1::Ballot>(pool_, call, *request, [&](db::Connection& connection) {
          return ballots_.Open(connection, call, meeting, request->ballot());
        });
      });
}

grpc::Status BallotService::CastVote(grpc::ServerContext* context,
                                     const v1::CastVoteRequest* request, v1::Elector* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Vote(call, *request); });
}

absl::StatusOr<v1::Elector> BallotService::Vote(const api::Call& call,
                                                const v1::CastVoteRequest& request) {
  JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request.name()));
  Violations violations;
  CheckChoice(request.choice(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const std::string unit, UnitOf(call, request.member()));
  return api::Write<v1::Elector>(pool_, call, request, [&](db::Connection& connection) {
    return ballots_.Vote(connection, call, id, unit, request.choice());
  });
}

grpc::Status BallotService::DrawPaper(grpc::ServerContext* context,
                                      const v1::DrawPaperRequest* request,
                                      v1::DrawPaperResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Draw(call, *request); });
}

absl::StatusOr<v1::DrawPaperResponse> BallotService::Draw(const api::Call& call,
                                                          const v1::DrawPaperRequest& request) {
  JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request.name()));
  JH_ASSIGN_OR_RETURN(const std::string unit, UnitOf(call, request.member()));
  return api::Write<v1::DrawPaperResponse>(
      pool_, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::DrawPaperResponse> {
        v1::DrawPaperResponse response;
        JH_ASSIGN_OR_RETURN(*response.mutable_blind_signature(),
                            ballots_.Draw(connection, call, id, unit, request.blinded_message()));
        return response;
      });
}

grpc::Status BallotService::OpenBox(grpc::ServerContext* context, const v1::OpenBoxRequest* request,
                                    v1::Ballot* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Ballot> {
                          JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->name()));
                          return api::Write<v1::Ballot>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return ballots_.OpenBox(connection, call, id);
                              });
                        });
}

grpc::Status BallotService::CastPaper(grpc::ServerContext* context,
                                      const v1::CastPaperRequest* request,
                                      v1::CastPaperResponse* response) {
  // Only the deadline goes on: whoever calls, signed in or not, leaves no trace.
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Cast(call.deadline, *request); });
}

absl::StatusOr<v1::CastPaperResponse> BallotService::Cast(absl::Time deadline,
                                                          const v1::CastPaperRequest& request) {
  JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request.name()));
  JH_ASSIGN_OR_RETURN(const v1::Ballot ballot,
                      db::Read<v1::Ballot>(pool_, deadline, [&](db::Connection& connection) {
                        return ballots_.Peek(connection, id);
                      }));
  // A named ballot has no key: the store says so.
  if (ballot.rule().secret() && !IsValidPaper(request.paper(), ballot.public_key())) {
    return Error(v1::ERROR_REASON_PAPER_INVALID, {{"name", request.name()}});
  }
  JH_RETURN_IF_ERROR(db::InTransaction(pool_, deadline, [&](db::Connection& connection) {
    return ballots_.Cast(connection, id, request.paper());
  }));
  return v1::CastPaperResponse();
}

grpc::Status BallotService::CloseBallot(grpc::ServerContext* context,
                                        const v1::CloseBallotRequest* request,
                                        v1::Ballot* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Ballot> {
                          JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->name()));
                          return api::Write<v1::Ballot>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return ballots_.Close(connection, call, id);
                              });
                        });
}

grpc::Status BallotService::CancelBallot(grpc::ServerContext* context,
                                         const v1::CancelBallotRequest* request,
                                         v1::Ballot* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Ballot> {
                          JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->name()));
                          Violations violations;
                          violations.CheckText("reason", request->reason(), 1, 200);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          return api::Write<v1::Ballot>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return ballots_.Cancel(connection, call, id, request->reason());
                              });
                        });
}

grpc::Status BallotService::GrantProxy(grpc::ServerContext* context,
                                       const v1::GrantProxyRequest* request, v1::Proxy* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Grant(call, *request); });
}

absl::StatusOr<v1::Proxy> BallotService::Grant(const api::Call& call,
                                               const v1::GrantProxyRequest& request) {
  JH_ASSIGN_OR_RETURN(const auto ids,
                      api::RequireName(kMeetingPattern, request.parent(), "parent"));
  JH_ASSIGN_OR_RETURN(const std::string grantor, UnitOf(call, request.member()));
  Violations violations;
  const auto holder = api::MatchName(kMemberPattern, request.holder(), "holder", violations);
  if (holder.has_value()) {
    violations.Check("holder", holder->at(0) == ids[0] && holder->at(1) != grantor,
                     "another unit of the alliance", "本联盟的另一家单位");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const std::string member = call.alliance + "/members/" + grantor;
  if (!call.Covers("", member)) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", member}});
  }
  return api::Write<v1::Proxy>(pool_, call, request, [&](db::Connection& connection) {
    return proxies_.Grant(connection, call, {ids[0], ids[1]}, grantor, holder->at(1));
  });
}

grpc::Status BallotService::RevokeProxy(grpc::ServerContext* context,
                                        const v1::RevokeProxyRequest* request,
                                        v1::Proxy* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Revoke(call, *request); });
}

absl::StatusOr<v1::Proxy> BallotService::Revoke(const api::Call& call,
                                                const v1::RevokeProxyRequest& request) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName(kProxyPattern, request.name()));
  if (!call.Covers("", call.alliance + "/members/" + ids[2])) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", request.name()}});
  }
  return api::Write<v1::Proxy>(pool_, call, request, [&](db::Connection& connection) {
    return proxies_.Revoke(connection, call, {ids[0], ids[1]}, ids[2]);
  });
}

}  // namespace jinhuan::meeting
