#include "meeting-svc/storage/contact_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/resource_name.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

using alliance::v1::Member;

const db::Query kPut(
    "INSERT INTO member_contact (alliance_id, member_id, title, phone, deputy_title, deputy_phone) "
    "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE title = VALUES(title), "
    "phone = VALUES(phone), deputy_title = VALUES(deputy_title), "
    "deputy_phone = VALUES(deputy_phone)",
    "");
const db::Query kDrop("DELETE FROM member_contact WHERE alliance_id = ? AND member_id = ?",
                      "PRIMARY");
const db::Query kOf(
    "SELECT member_id, title, phone, deputy_title, deputy_phone FROM member_contact "
    "WHERE alliance_id = ?",
    "PRIMARY");

void Add(std::string title, std::string phone, std::vector<v1::HandoverContact>& contacts) {
  if (title.empty() && phone.empty()) return;
  v1::HandoverContact& contact = contacts.emplace_back();
  contact.set_title(std::move(title));
  contact.set_phone(std::move(phone));
}

}  // namespace

absl::Status ContactStore::Apply(db::Connection& connection,
                                 const journal::v1::Entry& entry) const {
  Member member;
  if (!entry.after().Is<Member>() || !entry.after().UnpackTo(&member)) return absl::OkStatus();
  const std::string alliance = api::AllianceId(member.name());
  const std::string id = api::LastId(member.name());
  if (member.state() != Member::STATE_ACTIVE && member.state() != Member::STATE_SUSPENDED) {
    return connection.Execute(kDrop, {alliance, id}).status();
  }
  return connection
      .Execute(kPut, {alliance, id, member.liaison_title(), member.liaison_phone(),
                      member.deputy_liaison_title(), member.deputy_liaison_phone()})
      .status();
}

absl::StatusOr<std::map<std::string, std::vector<v1::HandoverContact>>> ContactStore::Of(
    db::Connection& connection, const std::string& alliance) const {
  std::map<std::string, std::vector<v1::HandoverContact>> contacts;
  JH_RETURN_IF_ERROR(connection
                         .Select(kOf, {api::LastId(alliance)},
                                 [&](const db::Row& row) {
                                   auto& of = contacts[row.Text(0)];
                                   Add(row.Text(1), row.Text(2), of);
                                   Add(row.Text(3), row.Text(4), of);
                                 })
                         .status());
  return contacts;
}

}  // namespace jinhuan::meeting
