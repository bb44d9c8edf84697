#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"

namespace jinhuan::api {

// The one way in which a method writes: one transaction (db::InTransaction) that
// also keeps the answer under the caller's `request_id`, so that a repetition of
// the same request gets the first answer and changes nothing, even when both
// come at once. `body` does the change and fills `response`; it may run several
// times, so it fills a fresh one each time.
//
// `request` is the method's request; without a request_id (or without such a
// field) it is not remembered. Errors: what `body` returns; FAILED_PRECONDITION /
// REQUEST_ID_REUSED when the id came with another request; INVALID_ARGUMENT /
// FIELD_INVALID for an id that is not 1 to 64 printable ASCII characters; those
// of db::InTransaction.
//
// Answers are kept for 48 hours at least.
absl::Status Write(db::Pool& pool, const Call& call, const google::protobuf::Message& request,
                   google::protobuf::Message& response,
                   absl::FunctionRef<absl::Status(db::Connection&)> body);

// As above, for a body that returns its response.
template <class Response>
absl::StatusOr<Response> Write(db::Pool& pool, const Call& call,
                               const google::protobuf::Message& request,
                               absl::FunctionRef<absl::StatusOr<Response>(db::Connection&)> body) {
  Response response;
  const absl::Status status =
      Write(pool, call, request, response, [&](db::Connection& connection) -> absl::Status {
        absl::StatusOr<Response> result = body(connection);
        if (result.ok()) response = *std::move(result);
        return result.status();
      });
  if (!status.ok()) return status;
  return response;
}

// One of several requests that are written together.
struct JointWrite {
  const Call& call;
  const google::protobuf::Message& request;
  const google::protobuf::Message& response;  // which is known before it is written
};

// Writes what several requests change in one transaction, all or nothing, and keeps
// each one's answer under its request_id. An optimisation for requests that come at
// the same moment: whatever goes wrong, other than UNAVAILABLE, each is then written
// alone, by Write, which also finds the answer that is kept for a repetition. Errors:
// as Write; of which request is not said.
absl::Status WriteJointly(db::Pool& pool, absl::Time deadline,
                          const std::vector<JointWrite>& writes,
                          absl::FunctionRef<absl::Status(db::Connection&)> body);

// Forgets the answers of requests that are older than 48 hours, at most `limit`;
// returns how many. A worker of each service calls it now and then.
absl::StatusOr<int64_t> ForgetOldRequests(db::Pool& pool, absl::Time now, int limit);

}  // namespace jinhuan::api
