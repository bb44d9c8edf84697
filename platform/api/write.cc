#include "platform/api/write.h"

#include <algorithm>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/fingerprint.h"
#include "platform/db/bulk_insert.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::api {
namespace {

constexpr absl::Duration kRemembered = absl::Hours(48);

const db::BulkInsert kRemember(
    "INSERT INTO request (principal, method, request_id, fingerprint, response, created_at) VALUES",
    "(?, ?, ?, ?, ?, ?)");
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

// The answer that is kept under the id, into `response`; NOT_FOUND when there is
// none.
absl::Status Recall(db::Connection& connection, const Call& call, const std::string& id,
                    const std::string& fingerprint, google::protobuf::Message& response) {
  bool same = false;
  JH_ASSIGN_OR_RETURN(
      const int64_t rows,
      connection.Select(kRecall, {call.caller.name(), call.method, id}, [&](const db::Row& row) {
        same = row.Text(0) == fingerprint;
        response.Clear();
        row.Parse(1, response);
      }));
  if (rows == 0) return absl::NotFoundError("no answer is kept");
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
  // The answer is written with the change, as its last statement. Of two equal
  // requests at once the second waits there (or at a row that the first has
  // locked) until the first has committed, and then takes its answer.
  absl::Status status =
      db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(body(connection));
        const std::string answer = response.SerializeAsString();
        return kRemember.Execute(
            connection, {call.caller.name(), call.method, id, fingerprint, answer, call.now});
      });
  if (status.ok() || absl::IsUnavailable(status)) return status;
  // A repetition may also fail for what the first has changed: the last place is
  // taken, the state is another. Then the first answer is the answer.
  const absl::Status recalled = db::Read(pool, call.deadline, [&](db::Connection& connection) {
    return Recall(connection, call, id, fingerprint, response);
  });
  return absl::IsNotFound(recalled) ? status : recalled;
}

absl::Status WriteJointly(db::Pool& pool, absl::Time deadline,
                          const std::vector<JointWrite>& writes,
                          absl::FunctionRef<absl::Status(db::Connection&)> body) {
  struct Kept {
    std::string id;
    std::string fingerprint;
    std::string answer;
  };
  std::vector<Kept> kept;
  std::vector<db::Value> values;
  kept.reserve(writes.size());
  for (const JointWrite& write : writes) {
    std::string id = RequestIdOf(write.request);
    if (id.empty()) continue;
    JH_RETURN_IF_ERROR(CheckRequestId(id));
    const Kept& row =
        kept.emplace_back(Kept{std::move(id), Fingerprint(write.request, {"request_id"}),
                               write.response.SerializeAsString()});
    values.insert(values.end(), {write.call.caller.name(), write.call.method, row.id,
                                 row.fingerprint, row.answer, write.call.now});
  }
  return db::InTransaction(pool, deadline, [&](db::Connection& connection) -> absl::Status {
    // First, unlike a single request's: a repetition is found before the rows that
    // others wait for are taken.
    JH_RETURN_IF_ERROR(kRemember.Execute(connection, values));
    return body(connection);
  });
}

absl::StatusOr<int64_t> ForgetOldRequests(db::Pool& pool, absl::Time now, int limit) {
  JH_ASSIGN_OR_RETURN(db::Pool::Lease lease, pool.Acquire(absl::Now() + absl::Seconds(5)));
  return lease->Execute(kForget, {now - kRemembered, limit});
}

}  // namespace jinhuan::api
