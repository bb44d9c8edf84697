#include "meeting-svc/storage/topic_store.h"

#include <fmt/format.h>

#include "meeting-svc/domain/resolution_basis.h"
#include "meeting-svc/domain/topic_rules.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using v1::Topic;

#define TOPIC_COLUMNS "SELECT t.body, t.endorsement_count, e.member_id FROM topic AS t "
#define OWN_ENDORSEMENT                                                                      \
  "LEFT JOIN topic_endorsement AS e ON e.alliance_id = t.alliance_id AND e.topic_id = t.id " \
  "AND e.member_id = ? "
#define NEWEST_FIRST "AND t.id < ? ORDER BY t.id DESC LIMIT ?"

const db::Query kCreate(
    "INSERT INTO topic (alliance_id, id, version, state, meeting_id, endorsement_count, body) "
    "VALUES (?, ?, 1, ?, ?, 0, ?)",
    "");
const db::Query kAddFile(
    "INSERT INTO topic_attachment (alliance_id, topic_id, number, content) VALUES (?, ?, ?, ?)",
    "");
const db::Query kFile(
    "SELECT content FROM topic_attachment WHERE alliance_id = ? AND topic_id = ? AND number = ?",
    "PRIMARY");
const db::Query kGet(TOPIC_COLUMNS OWN_ENDORSEMENT "WHERE t.alliance_id = ? AND t.id = ?",
                     "PRIMARY");
const db::Query kList(TOPIC_COLUMNS "FORCE INDEX (PRIMARY) " OWN_ENDORSEMENT
                                    "WHERE t.alliance_id = ? " NEWEST_FIRST,
                      "PRIMARY");
const db::Query kListState(TOPIC_COLUMNS "FORCE INDEX (topic_by_state) " OWN_ENDORSEMENT
                                         "WHERE t.alliance_id = ? AND t.state = ? " NEWEST_FIRST,
                           "topic_by_state");
// A meeting has few topics, so their states are looked at one by one.
const db::Query kListMeeting(TOPIC_COLUMNS "FORCE INDEX (topic_by_meeting) " OWN_ENDORSEMENT
                                           "WHERE t.alliance_id = ? AND t.meeting_id = ? "
                                           "AND t.state BETWEEN ? AND ? " NEWEST_FIRST,
                             "topic_by_meeting");
const db::Query kClaim(
    "UPDATE topic SET version = version + 1 WHERE alliance_id = ? AND id = ? AND state <= ?",
    "PRIMARY");
const db::Query kState("SELECT state FROM topic WHERE alliance_id = ? AND id = ?", "PRIMARY");
const db::Query kPut(
    "UPDATE topic SET version = version + 1, state = ?, meeting_id = ?, body = ? "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
const db::Query kEndorse(
    "INSERT INTO topic_endorsement "
    "(alliance_id, topic_id, member_id, member_display_name, endorse_time) VALUES (?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)",
    "");
const db::Query kEndorsement(
    "SELECT member_id, member_display_name, endorse_time FROM topic_endorsement "
    "WHERE alliance_id = ? AND topic_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kUnendorse(
    "DELETE FROM topic_endorsement WHERE alliance_id = ? AND topic_id = ? AND member_id = ?",
    "PRIMARY");
const db::Query kEndorsements(
    "SELECT member_id, member_display_name, endorse_time FROM topic_endorsement "
    "WHERE alliance_id = ? AND topic_id = ? ORDER BY endorse_time, member_id",
    "PRIMARY");
const db::Query kCount(
    "UPDATE topic SET endorsement_count = endorsement_count + ? WHERE alliance_id = ? AND id = ?",
    "PRIMARY");

std::string MeetingIdOf(const Topic& topic) {
  return topic.meeting().empty() ? "" : api::LastId(topic.meeting());
}

// As it is kept and journalled: without what others do to it, and without the viewer.
Topic Kept(Topic topic) {
  topic.clear_endorsement_count();
  topic.clear_endorsements();
  topic.clear_own_endorsed();
  return topic;
}

Topic FromRow(const db::Row& row) {
  Topic topic;
  row.Parse(0, topic);
  topic.set_endorsement_count(static_cast<int32_t>(row.Int(1)));
  topic.set_own_endorsed(!row.IsNull(2));
  return topic;
}

v1::TopicEndorsement EndorsementFrom(const db::Row& row, const std::string& alliance) {
  v1::TopicEndorsement endorsement;
  endorsement.set_member(fmt::format("{}/members/{}", alliance, row.Text(0)));
  endorsement.set_member_display_name(row.Text(1));
  *endorsement.mutable_endorse_time() = api::ToProto(row.Time(2));
  return endorsement;
}

std::string EndorsementName(const TopicKey& key, const std::string& member) {
  return fmt::format("{}/endorsements/{}", key.name(), api::LastId(member));
}

}  // namespace

absl::StatusOr<Topic> TopicStore::Create(db::Connection& connection, const api::Call& call,
                                         const std::string& alliance_id, const Topic& sent,
                                         const std::vector<v1::TopicAttachment>& files) {
  const TopicKey key{alliance_id, ids_.NewId()};
  Topic topic;
  topic.set_name(key.name());
  topic.set_title(sent.title());
  topic.set_body(sent.body());
  topic.set_kind(sent.kind() == alliance::v1::ITEM_KIND_UNSPECIFIED
                     ? alliance::v1::ITEM_KIND_ORDINARY
                     : sent.kind());
  topic.set_meeting(sent.meeting());
  topic.set_member(sent.member());
  topic.set_member_display_name(sent.member_display_name());
  topic.set_request(sent.request());
  topic.set_reporter_count(sent.reporter_count());
  *topic.mutable_create_time() = api::ToProto(call.now);
  topic = Moved(std::move(topic), Topic::STATE_SUBMITTED, "", sent.meeting(), call.now);
  for (const v1::TopicAttachment& file : files) {
    v1::TopicAttachment& kept = *topic.add_attachments();
    kept.set_name(fmt::format("{}/attachments/{}", key.name(), topic.attachments_size()));
    kept.set_display_name(file.display_name());
    kept.set_media_type(std::string(MediaTypeOf(file.content())));
    kept.set_size_bytes(static_cast<int32_t>(file.content().size()));
  }
  JH_RETURN_IF_ERROR(connection
                         .Execute(kCreate, {key.alliance_id, key.id, int{topic.state()},
                                            MeetingIdOf(topic), topic.SerializeAsString()})
                         .status());
  int number = 0;
  for (const v1::TopicAttachment& file : files) {
    JH_RETURN_IF_ERROR(
        connection.Execute(kAddFile, {key.alliance_id, key.id, ++number, file.content()}).status());
  }
  JH_RETURN_IF_ERROR(journal_.Append(connection, call, {.resource = key.name(), .after = &topic}));
  return topic;
}

absl::StatusOr<Topic> TopicStore::Get(db::Connection& connection, const TopicKey& key,
                                      const std::string& viewer_id) const {
  Topic topic;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {viewer_id, key.alliance_id, key.id},
                                        [&](const db::Row& row) { topic = FromRow(row); }));
  if (found == 0) return NotFound(key.name());
  JH_RETURN_IF_ERROR(connection
                         .Select(kEndorsements, {key.alliance_id, key.id},
                                 [&](const db::Row& row) {
                                   *topic.add_endorsements() = EndorsementFrom(row, key.alliance());
                                 })
                         .status());
  return topic;
}

absl::Status TopicStore::CheckAgenda(
    db::Connection& connection, const std::string& alliance_id,
    const google::protobuf::RepeatedPtrField<v1::AgendaItem>& items) const {
  Violations violations;
  for (int i = 0; i < items.size(); ++i) {
    const std::string& topic = items[i].topic();
    if (topic.empty()) continue;
    Topic found;
    JH_RETURN_IF_ERROR(connection
                           .Select(kGet, {"", alliance_id, api::LastId(topic)},
                                   [&](const db::Row& row) { found = FromRow(row); })
                           .status());
    const bool accepted = found.name() == topic && found.state() == Topic::STATE_ACCEPTED;
    violations.Check(fmt::format("meeting.agenda_items[{}].topic", i), accepted,
                     "an accepted topic of the alliance", "本联盟已采纳的议题");
    violations.Check(fmt::format("meeting.agenda_items[{}].kind", i),
                     !accepted || !NeedsVote(found.kind()) || items[i].kind() == found.kind(),
                     "the kind of its topic, which is decided by a vote",
                     "与议题的事项类别一致（须经表决）");
  }
  return violations.ToStatus();
}

absl::StatusOr<std::vector<Topic>> TopicStore::List(db::Connection& connection,
                                                    const std::string& alliance_id,
                                                    const Filter& filter,
                                                    const std::string& before_id, int limit,
                                                    const std::string& viewer_id) const {
  std::vector<Topic> topics;
  const auto add = [&](const db::Row& row) { topics.push_back(FromRow(row)); };
  const bool any = filter.state == Topic::STATE_UNSPECIFIED;
  const int first = any ? Topic::State_MIN : filter.state;
  const int last = any ? Topic::State_MAX : filter.state;
  absl::StatusOr<int64_t> found = 0;
  if (!filter.meeting_id.empty()) {
    found = connection.Select(
        kListMeeting, {viewer_id, alliance_id, filter.meeting_id, first, last, before_id, limit},
        add);
  } else if (any) {
    found = connection.Select(kList, {viewer_id, alliance_id, before_id, limit}, add);
  } else {
    found = connection.Select(kListState,
                              {viewer_id, alliance_id, int{filter.state}, before_id, limit}, add);
  }
  JH_RETURN_IF_ERROR(found.status());
  return topics;
}

absl::Status TopicStore::Claim(db::Connection& connection, const TopicKey& key, Topic::State last) {
  JH_ASSIGN_OR_RETURN(const int64_t claimed,
                      connection.Execute(kClaim, {key.alliance_id, key.id, int{last}}));
  if (claimed == 1) return absl::OkStatus();
  auto state = Topic::STATE_UNSPECIFIED;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kState, {key.alliance_id, key.id}, [&](const db::Row& row) {
                        state = static_cast<Topic::State>(row.Int(0));
                      }));
  if (found == 0) return NotFound(key.name());
  return StateWrong(key.name(), state, StatesBetween(Topic::STATE_SUBMITTED, last));
}

absl::Status TopicStore::Put(db::Connection& connection, const api::Call& call, const Topic& before,
                             const Topic& after) {
  const Topic was = Kept(before);
  const Topic is = Kept(after);
  JH_RETURN_IF_ERROR(
      connection.ExecuteExactly(1, kPut,
                                {int{is.state()}, MeetingIdOf(is), is.SerializeAsString(),
                                 api::AllianceId(is.name()), api::LastId(is.name())}));
  return journal_.Append(connection, call, {.resource = is.name(), .before = &was, .after = &is});
}

absl::Status TopicStore::Endorse(db::Connection& connection, const api::Call& call,
                                 const TopicKey& key, const v1::TopicEndorsement& endorsement) {
  JH_ASSIGN_OR_RETURN(
      const int64_t added,
      connection.Execute(kEndorse, {key.alliance_id, key.id, api::LastId(endorsement.member()),
                                    endorsement.member_display_name(),
                                    api::FromProto(endorsement.endorse_time())}));
  if (added == 0) return absl::OkStatus();
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kCount, {1, key.alliance_id, key.id}));
  return journal_.Append(
      connection, call,
      {.resource = EndorsementName(key, endorsement.member()), .after = &endorsement});
}

absl::Status TopicStore::Unendorse(db::Connection& connection, const api::Call& call,
                                   const TopicKey& key, const std::string& member) {
  const std::string member_id = api::LastId(member);
  v1::TopicEndorsement before;
  JH_RETURN_IF_ERROR(
      connection
          .Select(kEndorsement, {key.alliance_id, key.id, member_id},
                  [&](const db::Row& row) { before = EndorsementFrom(row, key.alliance()); })
          .status());
  JH_ASSIGN_OR_RETURN(const int64_t removed,
                      connection.Execute(kUnendorse, {key.alliance_id, key.id, member_id}));
  if (removed == 0) return absl::OkStatus();
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kCount, {-1, key.alliance_id, key.id}));
  return journal_.Append(connection, call,
                         {.resource = EndorsementName(key, member), .before = &before});
}

absl::StatusOr<v1::TopicAttachment> TopicStore::File(db::Connection& connection,
                                                     const TopicKey& key, int64_t number) const {
  JH_ASSIGN_OR_RETURN(const Topic topic, Get(connection, key, ""));
  if (number < 1 || number > topic.attachments_size()) {
    return NotFound(fmt::format("{}/attachments/{}", key.name(), number));
  }
  v1::TopicAttachment file = topic.attachments(static_cast<int>(number) - 1);
  JH_RETURN_IF_ERROR(connection
                         .Select(kFile, {key.alliance_id, key.id, number},
                                 [&](const db::Row& row) { file.set_content(row.Text(0)); })
                         .status());
  return file;
}

}  // namespace jinhuan::meeting
