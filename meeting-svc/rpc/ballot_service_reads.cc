#include "absl/strings/escaping.h"
#include "meeting-svc/rpc/ballot_service.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kMeetingPattern[] = "alliances/*/meetings/*";
constexpr char kBallotPattern[] = "alliances/*/meetings/*/ballots/*";

absl::StatusOr<BallotId> IdOf(std::string_view name, std::string_view field) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName(kBallotPattern, name, field));
  return BallotId{{ids[0], ids[1]}, ids[2]};
}

// The id that the page before ended with; `first` on the first page.
std::string After(const api::Page& page, const char* first) {
  return page.first() ? first : page.after[0];
}

}  // namespace

grpc::Status BallotService::GetBallot(grpc::ServerContext* context,
                                      const v1::GetBallotRequest* request, v1::Ballot* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Ballot> {
                          JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->name(), "name"));
                          return db::Read<v1::Ballot>(pool_, call.deadline,
                                                      [&](db::Connection& connection) {
                                                        return ballots_.Get(connection, id);
                                                      });
                        });
}

grpc::Status BallotService::ListBallots(grpc::ServerContext* context,
                                        const v1::ListBallotsRequest* request,
                                        v1::ListBallotsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListBallotsResponse> {
        JH_ASSIGN_OR_RETURN(const auto ids,
                            api::RequireName(kMeetingPattern, request->parent(), "parent"));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        using Ballots = std::vector<v1::Ballot>;
        JH_ASSIGN_OR_RETURN(
            auto ballots, db::Read<Ballots>(pool_, call.deadline, [&](db::Connection& connection) {
              return ballots_.List(connection, {ids[0], ids[1]}, After(page, "~"), page.limit());
            }));
        v1::ListBallotsResponse result;
        result.set_next_page_token(api::FillPage(
            *request, page, ballots, *result.mutable_ballots(),
            [](const v1::Ballot& ballot) { return std::vector{api::LastId(ballot.name())}; }));
        return result;
      });
}

grpc::Status BallotService::ListElectors(grpc::ServerContext* context,
                                         const v1::ListElectorsRequest* request,
                                         v1::ListElectorsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListElectorsResponse> {
        JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->parent(), "parent"));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        using Electors = std::vector<v1::Elector>;
        JH_ASSIGN_OR_RETURN(
            auto roll, db::Read<Electors>(pool_, call.deadline, [&](db::Connection& connection) {
              return ballots_.Roll(connection, id, After(page, ""), page.limit());
            }));
        v1::ListElectorsResponse result;
        result.set_next_page_token(api::FillPage(
            *request, page, roll, *result.mutable_electors(),
            [](const v1::Elector& elector) { return std::vector{api::LastId(elector.member())}; }));
        return result;
      });
}

grpc::Status BallotService::ListPapers(grpc::ServerContext* context,
                                       const v1::ListPapersRequest* request,
                                       v1::ListPapersResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListPapersResponse> {
        JH_ASSIGN_OR_RETURN(const BallotId id, IdOf(request->parent(), "parent"));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        const std::string after = absl::HexStringToBytes(After(page, ""));
        using Papers = std::vector<v1::Paper>;
        JH_ASSIGN_OR_RETURN(auto papers,
                            db::Read<Papers>(pool_, call.deadline, [&](db::Connection& connection) {
                              return ballots_.Papers(connection, id, after, page.limit());
                            }));
        v1::ListPapersResponse result;
        result.set_next_page_token(api::FillPage(
            *request, page, papers, *result.mutable_papers(), [](const v1::Paper& paper) {
              return std::vector{absl::BytesToHexString(paper.token())};
            }));
        return result;
      });
}

grpc::Status BallotService::ListProxies(grpc::ServerContext* context,
                                        const v1::ListProxiesRequest* request,
                                        v1::ListProxiesResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListProxiesResponse> {
        JH_ASSIGN_OR_RETURN(const auto ids,
                            api::RequireName(kMeetingPattern, request->parent(), "parent"));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        using Proxies = std::vector<v1::Proxy>;
        JH_ASSIGN_OR_RETURN(
            auto proxies, db::Read<Proxies>(pool_, call.deadline, [&](db::Connection& connection) {
              return proxies_.List(connection, {ids[0], ids[1]}, After(page, ""), page.limit());
            }));
        v1::ListProxiesResponse result;
        result.set_next_page_token(api::FillPage(
            *request, page, proxies, *result.mutable_proxies(),
            [](const v1::Proxy& proxy) { return std::vector{api::LastId(proxy.name())}; }));
        return result;
      });
}

}  // namespace jinhuan::meeting
