#include "meeting-svc/rpc/topic_service.h"

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/domain/topic_rules.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using v1::Topic;

constexpr char kTopics[] = "alliances/*/topics/*";
constexpr char kMeetings[] = "alliances/*/meetings/*";

absl::StatusOr<TopicKey> KeyOf(std::string_view name) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName(kTopics, name));
  return TopicKey{ids[0], ids[1]};
}

// Adds what is wrong with the name of something in the call's alliance; empty is nothing.
void CheckNamed(const api::Call& call, std::string_view pattern, std::string_view field,
                const std::string& name, Violations& violations) {
  if (name.empty() || !api::MatchName(pattern, name, field, violations).has_value()) return;
  violations.Check(field, api::AllianceOf(name) == call.alliance, "of the same alliance",
                   "本联盟内的名称");
}

// The unit of the caller whose endorsement is told of; "" where there is not just one.
std::string ViewerId(const api::Call& call) {
  const std::string unit = call.ActingUnit("");
  return unit.empty() ? "" : api::LastId(unit);
}

// The unit that a liaison acts for: who acts for several says for which.
absl::StatusOr<std::string> ActingUnit(const api::Call& call, const std::string& wanted) {
  std::string unit = call.ActingUnit(wanted);
  if (!unit.empty() && call.Covers("", unit)) return unit;
  Violations violations;
  violations.Require("member", !wanted.empty());
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return NotFound(wanted);
}

}  // namespace

absl::Status TopicService::CheckMeeting(db::Connection& connection, const api::Call& call,
                                        const std::string& meeting, absl::Time create_time) {
  if (meeting.empty()) return absl::OkStatus();
  const MeetingKey key{api::AllianceId(meeting), api::LastId(meeting)};
  // A meeting that is moved at this very moment counts as moved afterwards.
  JH_ASSIGN_OR_RETURN(
      const v1::Meeting found,
      meetings_.Get(connection, key,
                    {.sees_drafts = SeesDrafts(call.caller, call.alliance), .member_id = ""}));
  JH_RETURN_IF_ERROR(CheckState(found, {v1::Meeting::STATE_DRAFT, v1::Meeting::STATE_CONVENED}));
  JH_ASSIGN_OR_RETURN(const auto charter,
                      alliances_.CharterAt(connection, call.alliance, call.now));
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, call.alliance));
  const int days = charter.meeting().topic_days();
  const absl::Time end = CollectionEnd(api::FromProto(found.start_time()), days, zone);
  if (create_time < end) return absl::OkStatus();
  return Error(v1::ERROR_REASON_TOPIC_LATE,
               {{"name", meeting},
                {"days", std::to_string(days)},
                {"deadline", absl::FormatTime("%Y-%m-%d %H:%M", end, zone)}});
}

grpc::Status TopicService::SubmitTopic(grpc::ServerContext* context,
                                       const v1::SubmitTopicRequest* request, v1::Topic* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return Submit(call, *request); });
}

absl::StatusOr<Topic> TopicService::Submit(const api::Call& call,
                                           const v1::SubmitTopicRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  const std::vector<v1::TopicAttachment> files = CheckSubmission(request, violations);
  CheckNamed(call, kMeetings, "topic.meeting", request.topic().meeting(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  std::string unit = call.ActingUnit(request.member());
  // The street proposes in its own name unless it says for whom.
  if (!unit.empty() || !call.Covers("", "") || !request.member().empty()) {
    JH_ASSIGN_OR_RETURN(unit, ActingUnit(call, request.member()));
  }
  return api::Write<Topic>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Topic> {
        Topic topic = request.topic();
        topic.clear_request();
        topic.set_member(unit);
        topic.clear_member_display_name();
        if (!unit.empty()) {
          JH_ASSIGN_OR_RETURN(const auto member, alliances_.ActiveMember(connection, unit));
          topic.set_member_display_name(member.display_name());
        }
        JH_RETURN_IF_ERROR(CheckMeeting(connection, call, topic.meeting(), call.now));
        return topics_.Create(connection, call, api::LastId(request.parent()), topic, files);
      });
}

grpc::Status TopicService::GetTopic(grpc::ServerContext* context,
                                    const v1::GetTopicRequest* request, v1::Topic* response) {
  return handler_.Unary(
      *context, __func__, *request, *response, [&](const api::Call& call) -> absl::StatusOr<Topic> {
        JH_ASSIGN_OR_RETURN(const TopicKey key, KeyOf(request->name()));
        return db::Read<Topic>(pool_, call.deadline, [&](db::Connection& connection) {
          return topics_.Get(connection, key, ViewerId(call));
        });
      });
}

grpc::Status TopicService::ListTopics(grpc::ServerContext* context,
                                      const v1::ListTopicsRequest* request,
                                      v1::ListTopicsResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) { return List(call, *request); });
}

absl::StatusOr<v1::ListTopicsResponse> TopicService::List(const api::Call& call,
                                                          const v1::ListTopicsRequest& request) {
  JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName("alliances/*", request.parent(), "parent"));
  Violations violations;
  violations.Check("state", Topic::State_IsValid(request.state()), "a known state",
                   "已有的议题状态");
  TopicStore::Filter filter{.state = request.state(), .meeting_id = ""};
  if (!request.meeting().empty() &&
      api::MatchName(kMeetings, request.meeting(), "meeting", violations)) {
    filter.meeting_id = api::LastId(request.meeting());
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(
      auto topics,
      db::Read<std::vector<Topic>>(pool_, call.deadline, [&](db::Connection& connection) {
        return topics_.List(connection, ids[0], filter, page.first() ? "~" : page.after[0],
                            page.limit(), ViewerId(call));
      }));
  v1::ListTopicsResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, topics, *response.mutable_topics(),
                    [](const Topic& topic) { return std::vector{api::LastId(topic.name())}; }));
  return response;
}

grpc::Status TopicService::GetTopicAttachment(grpc::ServerContext* context,
                                              const v1::GetTopicAttachmentRequest* request,
                                              v1::TopicAttachment* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::TopicAttachment> {
        JH_ASSIGN_OR_RETURN(const auto ids, api::RequireName("alliances/*/topics/*/attachments/*",
                                                             request->name()));
        const absl::StatusOr<int64_t> number = api::NumberOf(ids[2]);
        if (!number.ok()) return NotFound(request->name());
        return db::Read<v1::TopicAttachment>(pool_, call.deadline, [&](db::Connection& connection) {
          return topics_.File(connection, {ids[0], ids[1]}, *number);
        });
      });
}

grpc::Status TopicService::EndorseTopic(grpc::ServerContext* context,
                                        const v1::EndorseTopicRequest* request,
                                        v1::Topic* response) {
  return handler_.Unary(
      *context, __func__, *request, *response, [&](const api::Call& call) -> absl::StatusOr<Topic> {
        JH_ASSIGN_OR_RETURN(const TopicKey key, KeyOf(request->name()));
        JH_ASSIGN_OR_RETURN(const std::string unit, ActingUnit(call, request->member()));
        return api::Write<Topic>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<Topic> {
              JH_RETURN_IF_ERROR(topics_.Claim(connection, key));
              JH_ASSIGN_OR_RETURN(const Topic topic, topics_.Get(connection, key, ""));
              if (topic.member() == unit) {
                return Error(v1::ERROR_REASON_OWN_TOPIC, {{"name", key.name()}});
              }
              JH_ASSIGN_OR_RETURN(const auto member, alliances_.ActiveMember(connection, unit));
              v1::TopicEndorsement endorsement;
              endorsement.set_member(unit);
              endorsement.set_member_display_name(member.display_name());
              *endorsement.mutable_endorse_time() = api::ToProto(call.now);
              JH_RETURN_IF_ERROR(topics_.Endorse(connection, call, key, endorsement));
              return topics_.Get(connection, key, api::LastId(unit));
            });
      });
}

grpc::Status TopicService::WithdrawEndorsement(grpc::ServerContext* context,
                                               const v1::WithdrawEndorsementRequest* request,
                                               v1::Topic* response) {
  return handler_.Unary(
      *context, __func__, *request, *response, [&](const api::Call& call) -> absl::StatusOr<Topic> {
        JH_ASSIGN_OR_RETURN(const TopicKey key, KeyOf(request->name()));
        JH_ASSIGN_OR_RETURN(const std::string unit, ActingUnit(call, request->member()));
        return api::Write<Topic>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<Topic> {
              JH_RETURN_IF_ERROR(topics_.Claim(connection, key));
              JH_RETURN_IF_ERROR(topics_.Unendorse(connection, call, key, unit));
              return topics_.Get(connection, key, api::LastId(unit));
            });
      });
}

grpc::Status TopicService::ReviewTopic(grpc::ServerContext* context,
                                       const v1::ReviewTopicRequest* request, v1::Topic* response) {
  return handler_.Unary(
      *context, __func__, *request, *response, [&](const api::Call& call) -> absl::StatusOr<Topic> {
        JH_RETURN_IF_ERROR(KeyOf(request->name()).status());
        Violations violations;
        CheckReview(*request, violations);
        CheckNamed(call, kMeetings, "meeting", request->meeting(), violations);
        CheckNamed(call, kTopics, "merge_into", request->merge_into(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<Topic>(pool_, call, *request, [&](db::Connection& connection) {
          return Review(connection, call, *request);
        });
      });
}

absl::StatusOr<Topic> TopicService::Review(db::Connection& connection, const api::Call& call,
                                           const v1::ReviewTopicRequest& request) {
  JH_ASSIGN_OR_RETURN(const TopicKey key, KeyOf(request.name()));
  const bool merges = request.decision() == Topic::STATE_MERGED;
  const TopicKey into{key.alliance_id, merges ? api::LastId(request.merge_into()) : ""};
  // Two topics are claimed in the order of their ids, so that two who merge them into each
  // other wait for one another in turn.
  if (merges && into.id < key.id) {
    JH_RETURN_IF_ERROR(topics_.Claim(connection, into, Topic::STATE_ACCEPTED));
  }
  JH_RETURN_IF_ERROR(topics_.Claim(connection, key));
  if (merges && into.id > key.id) {
    JH_RETURN_IF_ERROR(topics_.Claim(connection, into, Topic::STATE_ACCEPTED));
  }
  JH_ASSIGN_OR_RETURN(const Topic before, topics_.Get(connection, key, ""));
  JH_RETURN_IF_ERROR(
      CheckMeeting(connection, call, request.meeting(), api::FromProto(before.create_time())));
  Topic after = Moved(before, request.decision(), request.reason(), request.meeting(), call.now);
  if (!request.meeting().empty() || request.decision() == Topic::STATE_DEFERRED) {
    after.set_meeting(request.meeting());
  }
  if (merges) {
    after.set_merged_into(into.name());
    JH_RETURN_IF_ERROR(HandOn(connection, call, before, into));
  }
  JH_RETURN_IF_ERROR(topics_.Put(connection, call, before, after));
  return topics_.Get(connection, key, ViewerId(call));
}

absl::Status TopicService::HandOn(db::Connection& connection, const api::Call& call,
                                  const Topic& topic, const TopicKey& into) {
  JH_ASSIGN_OR_RETURN(const Topic target, topics_.Get(connection, into, ""));
  std::vector<v1::TopicEndorsement> handed(topic.endorsements().begin(),
                                           topic.endorsements().end());
  if (!topic.member().empty()) {
    v1::TopicEndorsement& proposer = handed.emplace_back();
    proposer.set_member(topic.member());
    proposer.set_member_display_name(topic.member_display_name());
    *proposer.mutable_endorse_time() = api::ToProto(call.now);
  }
  for (const v1::TopicEndorsement& endorsement : handed) {
    if (endorsement.member() == target.member()) continue;
    JH_RETURN_IF_ERROR(topics_.Endorse(connection, call, into, endorsement));
  }
  return absl::OkStatus();
}

grpc::Status TopicService::WithdrawTopic(grpc::ServerContext* context,
                                         const v1::WithdrawTopicRequest* request,
                                         v1::Topic* response) {
  return handler_.Unary(
      *context, __func__, *request, *response, [&](const api::Call& call) -> absl::StatusOr<Topic> {
        JH_ASSIGN_OR_RETURN(const TopicKey key, KeyOf(request->name()));
        Violations violations;
        violations.CheckText("reason", request->reason(), 0, 500);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<Topic>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<Topic> {
              JH_RETURN_IF_ERROR(topics_.Claim(connection, key));
              JH_ASSIGN_OR_RETURN(const Topic before, topics_.Get(connection, key, ""));
              if (!call.Covers("", before.member())) return NotFound(key.name());
              JH_RETURN_IF_ERROR(topics_.Put(
                  connection, call, before,
                  Moved(before, Topic::STATE_WITHDRAWN, request->reason(), "", call.now)));
              return topics_.Get(connection, key, ViewerId(call));
            });
      });
}

}  // namespace jinhuan::meeting
