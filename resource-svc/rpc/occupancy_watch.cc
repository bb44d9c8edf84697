#include "resource-svc/rpc/occupancy_watch.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "platform/api/resource_name.h"
#include "platform/rpc/heartbeat.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(1);  // after which it sees that the client went
constexpr int kMostFacilities = 100;
constexpr int kMostInMessage = 1000;

absl::Status CheckRequest(const api::Call& call, const v1::WatchOccupancyRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("kind", v1::FacilityKind_IsValid(request.kind()), "a known kind",
                   "有效的资源类型");
  violations.Check("facilities", request.facilities_size() <= kMostFacilities, "at most 100",
                   "最多 100 个");
  for (const std::string& facility : request.facilities()) {
    if (!api::MatchName("alliances/*/facilities/*", facility, "facilities", violations)) continue;
    violations.Check("facilities", api::AllianceOf(facility) == call.alliance,
                     "facilities of the parent", "本联盟的共享资源");
  }
  violations.Check("resume_token",
                   request.resume_token().empty() || PointOf(request.resume_token()).has_value(),
                   "one that a watch gave", "由订阅返回的续传标记");
  return violations.ToStatus();
}

bool IsWanted(const v1::WatchOccupancyRequest& request, const v1::Occupancy& occupancy) {
  if (request.kind() != v1::FACILITY_KIND_UNSPECIFIED && request.kind() != occupancy.kind()) {
    return false;
  }
  const auto& facilities = request.facilities();
  return facilities.empty() || std::find(facilities.begin(), facilities.end(),
                                         ParentOf(occupancy.uid())) != facilities.end();
}

// Remembers what is told; false when it was told before.
bool Remember(const v1::Occupancy& occupancy, std::map<std::string, v1::Occupancy>& told) {
  const auto [before, added] = told.try_emplace(occupancy.uid(), occupancy);
  if (!added && SaysTheSame(before->second, occupancy)) return false;
  before->second = occupancy;
  return true;
}

// Writes the news in as many messages as it takes; false when the client went.
bool Write(const OccupancyBoard::News& news,
           grpc::ServerWriterInterface<v1::WatchOccupancyResponse>& writer) {
  v1::WatchOccupancyResponse response;
  for (const v1::Occupancy& occupancy : news.occupancies) {
    if (response.occupancies_size() == kMostInMessage) {
      if (!writer.Write(response)) return false;
      response.Clear();
    }
    *response.add_occupancies() = occupancy;
  }
  response.set_resume_token(TokenOf(news.point));
  return writer.Write(response);
}

}  // namespace

absl::Status OccupancyWatch::Watch(
    const api::Call& call, const v1::WatchOccupancyRequest& request,
    const grpc::ServerContext& context,
    grpc::ServerWriterInterface<v1::WatchOccupancyResponse>& writer) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request));
  const std::shared_ptr<OccupancyBoard> board = BoardOf(call.alliance);
  JH_RETURN_IF_ERROR(board->Load());
  OccupancyBoard::News news;
  if (const auto from = PointOf(request.resume_token())) {
    // Another process may be a moment ahead of this one.
    while (!context.IsCancelled() && board->Since(INT64_MAX).point.number < from->number) {
      JH_RETURN_IF_ERROR(board->SincePoint(*from).status());
      JH_RETURN_IF_ERROR(board->Await(INT64_MAX, kPatience));
    }
    JH_ASSIGN_OR_RETURN(news, board->SincePoint(*from));
  } else {
    news = board->Since(0);
  }
  std::map<std::string, v1::Occupancy> told;
  absl::Time last_write = absl::InfinitePast();
  for (bool first = true; !context.IsCancelled(); first = false) {
    news.occupancies.erase(std::remove_if(news.occupancies.begin(), news.occupancies.end(),
                                          [&](const v1::Occupancy& one) {
                                            return !IsWanted(request, one) || !Remember(one, told);
                                          }),
                           news.occupancies.end());
    if (first || !news.occupancies.empty() || absl::Now() - last_write >= rpc::kHeartbeat) {
      if (!Write(news, writer)) break;
      last_write = absl::Now();
    }
    JH_RETURN_IF_ERROR(board->Await(news.revision, kPatience));
    news = board->Since(news.revision);
  }
  return absl::OkStatus();
}

std::shared_ptr<OccupancyBoard> OccupancyWatch::BoardOf(const std::string& alliance) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<OccupancyBoard> board = boards_[alliance].lock();
  if (board == nullptr) {
    board = std::make_shared<OccupancyBoard>(deps_, alliance);
    boards_[alliance] = board;
  }
  return board;
}

}  // namespace jinhuan::resource
