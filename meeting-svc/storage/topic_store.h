#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "jinhuan/meeting/v1/topic.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Which topic, by the parts of its name.
struct TopicKey {
  std::string alliance_id;
  std::string id;

  std::string alliance() const { return "alliances/" + alliance_id; }
  std::string name() const { return alliance() + "/topics/" + id; }
};

// Topics, their endorsements and their files. Changes are made in the transaction that
// `connection` is in and journalled there. Where a topic is not there: NOT_FOUND /
// RESOURCE_NOT_FOUND. Thread-safe.
class TopicStore {
 public:
  TopicStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // Stores a valid topic as submitted: title, body, kind, meeting, member,
  // member_display_name, request and reporter_count are taken. `files` are valid and carry their
  // content.
  absl::StatusOr<v1::Topic> Create(db::Connection& connection, const api::Call& call,
                                   const std::string& alliance_id, const v1::Topic& sent,
                                   const std::vector<v1::TopicAttachment>& files = {});

  // A topic with its endorsements, for someone of the unit `viewer_id` (may be empty).
  absl::StatusOr<v1::Topic> Get(db::Connection& connection, const TopicKey& key,
                                const std::string& viewer_id) const;

  // INVALID_ARGUMENT / FIELD_INVALID, at `meeting.agenda_items[i].topic`, where an item is about
  // a topic that the alliance does not have or has not accepted; at `….kind`, where its topic is of
  // a kind that is decided by a vote and the item is of another.
  absl::Status CheckAgenda(db::Connection& connection, const std::string& alliance_id,
                           const google::protobuf::RepeatedPtrField<v1::AgendaItem>& items) const;

  // Which topics to list.
  struct Filter {
    v1::Topic::State state = v1::Topic::STATE_UNSPECIFIED;  // unspecified: every one
    std::string meeting_id;                                 // empty: every one
  };

  // Up to `limit` topics, the newest first, older than the one with the id `before_id`.
  absl::StatusOr<std::vector<v1::Topic>> List(db::Connection& connection,
                                              const std::string& alliance_id, const Filter& filter,
                                              const std::string& before_id, int limit,
                                              const std::string& viewer_id) const;

  // The first statement of a transaction that changes a topic: others wait.
  // FAILED_PRECONDITION / STATE_WRONG where its state is beyond `last`.
  absl::Status Claim(db::Connection& connection, const TopicKey& key,
                     v1::Topic::State last = v1::Topic::STATE_DEFERRED);

  // Keeps `after`, a change of `before` that was made since Claim.
  absl::Status Put(db::Connection& connection, const api::Call& call, const v1::Topic& before,
                   const v1::Topic& after);

  // Adds an endorsement, or takes it away, of a topic that is claimed; where it is so already,
  // nothing changes.
  absl::Status Endorse(db::Connection& connection, const api::Call& call, const TopicKey& key,
                       const v1::TopicEndorsement& endorsement);
  absl::Status Unendorse(db::Connection& connection, const api::Call& call, const TopicKey& key,
                         const std::string& member);

  // A file with its content.
  absl::StatusOr<v1::TopicAttachment> File(db::Connection& connection, const TopicKey& key,
                                           int64_t number) const;

 private:
  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::meeting
