#include "meeting-svc/storage/mail_outbox.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/meeting/v1/mail_settings.pb.h"
#include "meeting-svc/domain/mail_delivery.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

// Longer than any try takes.
constexpr absl::Duration kTryTime = absl::Minutes(2);
constexpr absl::Duration kKept = absl::Hours(24 * 7);
constexpr int kTogether = 500;

const db::Query kAdd(
    "INSERT IGNORE INTO mail_outbox "
    "(id, user_id, kind, state, tries, create_time, due_time, body) "
    "SELECT ?, a.user_id, 1, 1, 0, ?, ?, ? FROM circle_member AS c FORCE INDEX (PRIMARY) "
    "JOIN mail_address AS a ON a.user_id = c.user_id "
    "LEFT JOIN member AS m ON m.alliance_id = c.alliance_id AND m.id = c.member_id "
    "WHERE c.audience = ? AND (c.member_id = '' OR m.state = ?) "
    "AND a.address <> '' AND a.refuse_time IS NULL AND a.choice <= ?",
    "PRIMARY");
const db::Query kAddCode(
    "INSERT INTO mail_outbox (id, user_id, kind, state, tries, create_time, due_time, body) "
    "VALUES (?, ?, 2, 1, 0, ?, ?, '')",
    "");
const db::Query kDue(
    "SELECT id, user_id, tries, kind, create_time, body FROM mail_outbox "
    "FORCE INDEX (mail_outbox_by_due) WHERE state = 1 AND due_time <= ? "
    "ORDER BY due_time LIMIT ?",
    "mail_outbox_by_due");
const db::Query kTake(
    "UPDATE mail_outbox SET tries = tries + 1, due_time = ? "
    "WHERE id = ? AND user_id = ? AND state = 1 AND tries = ? AND due_time <= ?",
    "PRIMARY");
const db::Query kNote(
    "UPDATE mail_outbox SET state = ?, due_time = ? "
    "WHERE id = ? AND user_id = ? AND state = 1 AND tries = ?",
    "PRIMARY");
const db::Query kDropOld(
    "UPDATE mail_outbox SET state = 4, due_time = ? WHERE state = 1 AND create_time < ? "
    "ORDER BY due_time LIMIT ?",
    "mail_outbox_by_due");
const db::Query kForgetDone(
    "DELETE FROM mail_outbox WHERE state = ? AND due_time < ? ORDER BY due_time LIMIT ?",
    "mail_outbox_by_due");
const db::Query kForget("DELETE FROM mail_outbox WHERE user_id = ?", "mail_outbox_by_user");
const db::Query kCount(
    "SELECT COUNT(*) FROM mail_outbox FORCE INDEX (mail_outbox_by_due) WHERE state = 1",
    "mail_outbox_by_due");

// kAdd compares: whoever wants all wants what asks for something too.
static_assert(v1::MAIL_CHOICE_ALL < v1::MAIL_CHOICE_ACTION_NEEDED &&
              v1::MAIL_CHOICE_ACTION_NEEDED < v1::MAIL_CHOICE_NONE);

}  // namespace

absl::Status MailOutbox::Add(db::Connection& connection, const News& news, absl::Time now) const {
  if (news.time < now - kMailLife) return absl::OkStatus();
  const v1::MailChoice most =
      news.notice.action_needed() ? v1::MAIL_CHOICE_ACTION_NEEDED : v1::MAIL_CHOICE_ALL;
  return connection
      .Execute(kAdd, {news.id, news.time, now, news.notice.SerializeAsString(), news.circle,
                      alliance::v1::Member::STATE_ACTIVE, most})
      .status();
}

absl::Status MailOutbox::AddCode(db::Connection& connection, const std::string& user_id,
                                 const std::string& code_id, absl::Time now) const {
  return connection.Execute(kAddCode, {code_id, user_id, now, now}).status();
}

absl::StatusOr<std::vector<MailOutbox::Letter>> MailOutbox::Due(db::Connection& connection,
                                                                absl::Time now, int limit) const {
  std::vector<Letter> due;
  JH_RETURN_IF_ERROR(connection
                         .Select(kDue, {now, limit},
                                 [&](const db::Row& row) {
                                   Letter& letter = due.emplace_back();
                                   letter.id = row.Text(0);
                                   letter.user_id = row.Text(1);
                                   letter.tries = static_cast<int>(row.Int(2));
                                   letter.kind = static_cast<Kind>(row.Int(3));
                                   letter.create_time = row.Time(4);
                                   row.Parse(5, letter.notice);
                                 })
                         .status());
  return due;
}

absl::StatusOr<bool> MailOutbox::Take(db::Connection& connection, Letter& letter,
                                      absl::Time now) const {
  JH_ASSIGN_OR_RETURN(
      const int64_t taken,
      connection.Execute(kTake, {now + kTryTime, letter.id, letter.user_id, letter.tries, now}));
  letter.tries += static_cast<int>(taken);
  return taken == 1;
}

absl::Status MailOutbox::Note(db::Connection& connection, const Letter& letter, State state,
                              absl::Time due) const {
  return connection
      .Execute(kNote, {static_cast<int>(state), due, letter.id, letter.user_id, letter.tries})
      .status();
}

absl::StatusOr<int64_t> MailOutbox::CleanUp(db::Connection& connection, absl::Time now) const {
  JH_ASSIGN_OR_RETURN(int64_t cleaned,
                      connection.Execute(kDropOld, {now, now - kMailLife, kTogether}));
  for (const State done : {State::kSent, State::kFailed, State::kDropped}) {
    JH_ASSIGN_OR_RETURN(
        const int64_t forgotten,
        connection.Execute(kForgetDone, {static_cast<int>(done), now - kKept, kTogether}));
    cleaned += forgotten;
  }
  return cleaned;
}

absl::Status MailOutbox::Forget(db::Connection& connection, const std::string& user_id) const {
  return connection.Execute(kForget, {user_id}).status();
}

absl::StatusOr<int64_t> MailOutbox::CountWaiting(db::Connection& connection) const {
  int64_t waiting = 0;
  JH_RETURN_IF_ERROR(
      connection.Select(kCount, {}, [&](const db::Row& row) { waiting = row.Int(0); }).status());
  return waiting;
}

}  // namespace jinhuan::meeting
