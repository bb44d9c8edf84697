#include "meeting-svc/storage/proxy_store.h"

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr int kNoLimit = 1'000'000;

const db::Query kInvited(
    "SELECT i.member_id FROM invitation AS i JOIN member AS m ON m.alliance_id = i.alliance_id "
    "AND m.id = i.member_id AND m.state = ? "
    "WHERE i.alliance_id = ? AND i.meeting_id = ? AND i.member_id = ?",
    "PRIMARY");
const db::Query kPut(
    "INSERT INTO proxy (alliance_id, meeting_id, grantor_id, holder_id, grant_time) "
    "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE holder_id = VALUES(holder_id), "
    "grant_time = VALUES(grant_time)",
    "");
const db::Query kRevoke(
    "DELETE FROM proxy WHERE alliance_id = ? AND meeting_id = ? AND grantor_id = ?", "PRIMARY");
const db::Query kFind(
    "SELECT holder_id, grant_time FROM proxy WHERE alliance_id = ? AND meeting_id = ? "
    "AND grantor_id = ?",
    "PRIMARY");
const db::Query kList(
    "SELECT grantor_id, holder_id, grant_time FROM proxy WHERE alliance_id = ? AND meeting_id = ? "
    "AND grantor_id > ? ORDER BY grantor_id LIMIT ?",
    "PRIMARY");

std::string MemberName(const MeetingKey& key, const std::string& id) {
  return key.alliance() + "/members/" + id;
}

v1::Proxy ProxyOf(const MeetingKey& key, const std::string& grantor_id,
                  const std::string& holder_id, absl::Time time) {
  v1::Proxy proxy;
  proxy.set_name(key.name() + "/proxies/" + grantor_id);
  proxy.set_grantor(MemberName(key, grantor_id));
  proxy.set_holder(MemberName(key, holder_id));
  *proxy.mutable_grant_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(time)));
  return proxy;
}

}  // namespace

absl::StatusOr<v1::Proxy> ProxyStore::Grant(db::Connection& connection, const api::Call& call,
                                            const MeetingKey& key, const std::string& grantor_id,
                                            const std::string& holder_id) {
  JH_RETURN_IF_ERROR(
      meetings_.Claim(connection, key, v1::Meeting::STATE_CONVENED, v1::Meeting::STATE_OPEN));
  JH_RETURN_IF_ERROR(CheckInvited(connection, key, grantor_id));
  JH_RETURN_IF_ERROR(CheckInvited(connection, key, holder_id));
  JH_RETURN_IF_ERROR(CheckFree(connection, call, key, grantor_id, holder_id));
  JH_ASSIGN_OR_RETURN(const auto before, Find(connection, key, grantor_id));
  const v1::Proxy proxy = ProxyOf(key, grantor_id, holder_id, call.now);
  JH_RETURN_IF_ERROR(
      connection.Execute(kPut, {key.alliance_id, key.id, grantor_id, holder_id, call.now})
          .status());
  JH_RETURN_IF_ERROR(journal_.Append(connection, call,
                                     {.resource = proxy.name(),
                                      .before = before.has_value() ? &*before : nullptr,
                                      .after = &proxy}));
  return proxy;
}

absl::StatusOr<v1::Proxy> ProxyStore::Revoke(db::Connection& connection, const api::Call& call,
                                             const MeetingKey& key, const std::string& grantor_id) {
  JH_RETURN_IF_ERROR(
      meetings_.Claim(connection, key, v1::Meeting::STATE_CONVENED, v1::Meeting::STATE_OPEN));
  JH_ASSIGN_OR_RETURN(const auto proxy, Find(connection, key, grantor_id));
  if (!proxy.has_value()) return NotFound(key.name() + "/proxies/" + grantor_id);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kRevoke, {key.alliance_id, key.id, grantor_id}));
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = proxy->name(), .before = &*proxy}));
  return *proxy;
}

absl::StatusOr<std::optional<v1::Proxy>> ProxyStore::Find(db::Connection& connection,
                                                          const MeetingKey& key,
                                                          const std::string& grantor_id) const {
  std::optional<v1::Proxy> proxy;
  JH_RETURN_IF_ERROR(connection
                         .Select(kFind, {key.alliance_id, key.id, grantor_id},
                                 [&](const db::Row& row) {
                                   proxy = ProxyOf(key, grantor_id, row.Text(0), row.Time(1));
                                 })
                         .status());
  return proxy;
}

absl::StatusOr<std::vector<v1::Proxy>> ProxyStore::List(db::Connection& connection,
                                                        const MeetingKey& key,
                                                        const std::string& after_grantor_id,
                                                        int limit) const {
  std::vector<v1::Proxy> proxies;
  JH_RETURN_IF_ERROR(connection
                         .Select(kList, {key.alliance_id, key.id, after_grantor_id, limit},
                                 [&](const db::Row& row) {
                                   proxies.push_back(
                                       ProxyOf(key, row.Text(0), row.Text(1), row.Time(2)));
                                 })
                         .status());
  return proxies;
}

absl::Status ProxyStore::CheckInvited(db::Connection& connection, const MeetingKey& key,
                                      const std::string& member_id) const {
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(
          kInvited, {int{alliance::v1::Member::STATE_ACTIVE}, key.alliance_id, key.id, member_id},
          [](const db::Row&) {}));
  if (rows == 1) return absl::OkStatus();
  return Error(v1::ERROR_REASON_NOT_INVITED, {{"name", key.name()}});
}

// Whether the one may stand for the other: one hop, and no more of them than the charter
// says.
absl::Status ProxyStore::CheckFree(db::Connection& connection, const api::Call& call,
                                   const MeetingKey& key, const std::string& grantor_id,
                                   const std::string& holder_id) const {
  const std::string grantor = MemberName(key, grantor_id);
  const std::string holder = MemberName(key, holder_id);
  JH_ASSIGN_OR_RETURN(const Presence presence, floor_.PresentNow(connection, key));
  const auto here = presence.find(grantor_id);
  if (here != presence.end() && here->second.empty()) {
    return Error(v1::ERROR_REASON_GRANTOR_PRESENT, {{"member", grantor}});
  }
  JH_ASSIGN_OR_RETURN(const auto proxies, List(connection, key, "", kNoLimit));
  int held = 0;
  for (const v1::Proxy& proxy : proxies) {
    if (proxy.holder() == grantor) {
      return Error(v1::ERROR_REASON_PROXY_CHAINED, {{"member", grantor}});
    }
    if (proxy.grantor() == holder) {
      return Error(v1::ERROR_REASON_PROXY_CHAINED, {{"member", holder}});
    }
    if (proxy.holder() == holder && proxy.grantor() != grantor) ++held;
  }
  JH_ASSIGN_OR_RETURN(const auto charter,
                      alliances_.CharterAt(connection, key.alliance(), call.now));
  if (held < charter.meeting().max_proxies()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_PROXIES_TOO_MANY,
               {{"member", holder}, {"limit", std::to_string(charter.meeting().max_proxies())}});
}

}  // namespace jinhuan::meeting
