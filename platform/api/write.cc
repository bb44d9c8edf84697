#include "platform/api/write.h"

#include <algorithm>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/fingerprint.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::api {
namespace {

constexpr absl::Duration kRemembered = absl::Hours(48);

const db::Query kClaim(
    "INSERT INTO request (principal, method, request_id, fingerprint, response, created_at) "
    "VALUES (?, ?, ?, ?, NULL, ?)",
    "");
const db::Query kAnswer(
    "UPDATE request SET response = ? WHERE principal = ? AND method = ? AND request_id = ?",
    "PRIMARY");
const db::Query kRecall(
    "SELECT fingerprint, response FROM request WHERE principal = ? AND method = ? AND "
    "request_id = ?",
    "PRIMARY");
const db::Query kForget("DELETE FROM request WHERE created_at < ? ORDER BY created_at LIMIT ?",
                        "request_by_age");

std::string RequestIdOf(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field == nullptr ? "" : request.GetReflection()->GetString(request, field);
}

absl::Status CheckRequestId(const std::string& id) {
  Violations violations;
  violations.Check("request_id",
                   id.size() <= 64 && std::all_of(id.begin(), id.end(),
                                                  [](char c) { return c > 0x20 && c < 0x7F; }),
                   "1 to 64 printable ASCII characters", "1 至 64 个可打印 ASCII 字符");
  return violations.ToStatus();
}

// The answer that is kept under the id, into `response`. RetryTransaction() when
// the row has gone again: the one who wrote it rolled back.
absl::Status Recall(db::Connection& connection, const Call& call, const std::string& id,
                    const std::string& fingerprint, google::protobuf::Message& response) {
  bool same = false;
  JH_ASSIGN_OR_RETURN(const int64_t rows,
                      connection.Select(kRecall, {call.caller.name(), call.method, id},
                                        [&](const db::Row& row) {
                                          same = row.Text(0) == fingerprint;
                                          response.Clear();
                                          row.Parse(1, response);
                                        }));
  if (rows == 0) return db::RetryTransaction();
  if (!same) return Error(error::v1::COMMON_REASON_REQUEST_ID_REUSED, {{"request_id", id}});
  return absl::OkStatus();
}

}  // namespace

absl::Status Write(db::Pool& pool, const Call& call, const google::protobuf::Message& request,
                   google::protobuf::Message& response,
                   absl::FunctionRef<absl::Status(db::Connection&)> body) {
  const std::string id = RequestIdOf(request);
  if (id.empty()) return db::InTransaction(pool, call.deadline, body);
  JH_RETURN_IF_ERROR(CheckRequestId(id));
  const std::string fingerprint = Fingerprint(request, {"request_id"});
  return db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
    // The claim comes first: a twin of this request waits here until the first
    // has committed, and then finds its answer.
    const absl::Status claimed =
        connection.Execute(kClaim, {call.caller.name(), call.method, id, fingerprint, call.now})
            .status();
    if (db::IsDuplicate(claimed)) return Recall(connection, call, id, fingerprint, response);
    JH_RETURN_IF_ERROR(claimed);
    JH_RETURN_IF_ERROR(body(connection));
    return connection.ExecuteExactly(
        1, kAnswer, {response.SerializeAsString(), call.caller.name(), call.method, id});
  });
}

absl::StatusOr<int64_t> ForgetOldRequests(db::Pool& pool, absl::Time now, int limit) {
  JH_ASSIGN_OR_RETURN(db::Pool::Lease lease, pool.Acquire(absl::Now() + absl::Seconds(5)));
  return lease->Execute(kForget, {now - kRemembered, limit});
}

}  // namespace jinhuan::api
