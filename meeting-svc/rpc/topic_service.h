#pragma once

#include "jinhuan/meeting/v1/topic_service.grpc.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.TopicService, as topic_service.proto states it. Thread-safe.
class TopicService final : public v1::TopicService::Service {
 public:
  TopicService(const rpc::Runtime& runtime, db::Pool& pool, TopicStore& topics,
               MeetingStore& meetings, const AllianceStore& alliances)
      : handler_(runtime, v1::TopicService::service_full_name()),
        pool_(pool),
        topics_(topics),
        meetings_(meetings),
        alliances_(alliances) {}

  grpc::Status SubmitTopic(grpc::ServerContext* context, const v1::SubmitTopicRequest* request,
                           v1::Topic* response) override;
  grpc::Status GetTopic(grpc::ServerContext* context, const v1::GetTopicRequest* request,
                        v1::Topic* response) override;
  grpc::Status ListTopics(grpc::ServerContext* context, const v1::ListTopicsRequest* request,
                          v1::ListTopicsResponse* response) override;
  grpc::Status GetTopicAttachment(grpc::ServerContext* context,
                                  const v1::GetTopicAttachmentRequest* request,
                                  v1::TopicAttachment* response) override;
  grpc::Status EndorseTopic(grpc::ServerContext* context, const v1::EndorseTopicRequest* request,
                            v1::Topic* response) override;
  grpc::Status WithdrawEndorsement(grpc::ServerContext* context,
                                   const v1::WithdrawEndorsementRequest* request,
                                   v1::Topic* response) override;
  grpc::Status ReviewTopic(grpc::ServerContext* context, const v1::ReviewTopicRequest* request,
                           v1::Topic* response) override;
  grpc::Status WithdrawTopic(grpc::ServerContext* context, const v1::WithdrawTopicRequest* request,
                             v1::Topic* response) override;

 private:
  absl::StatusOr<v1::Topic> Submit(const api::Call& call, const v1::SubmitTopicRequest& request);
  absl::StatusOr<v1::ListTopicsResponse> List(const api::Call& call,
                                              const v1::ListTopicsRequest& request);
  absl::StatusOr<v1::Topic> Review(db::Connection& connection, const api::Call& call,
                                   const v1::ReviewTopicRequest& request);
  // Hands what was for `topic`, and its proposer's word, to the topic that it is merged into.
  absl::Status HandOn(db::Connection& connection, const api::Call& call, const v1::Topic& topic,
                      const TopicKey& into);
  // Whether a topic that came at `create_time` can be for the meeting; empty is none.
  absl::Status CheckMeeting(db::Connection& connection, const api::Call& call,
                            const std::string& meeting, absl::Time create_time);

  rpc::Handler handler_;
  db::Pool& pool_;
  TopicStore& topics_;
  MeetingStore& meetings_;
  const AllianceStore& alliances_;
};

}  // namespace jinhuan::meeting
