#pragma once

#include "platform/api/write.h"

namespace jinhuan::api {

// Write for a method with `validate_only`: where that asks for a preview, `body` runs in a read
// instead (db::Read), and is to see from the request that it changes nothing. Errors: as Write; of
// a preview what `body` returns, and those of db::Read.
template <class Response, class Request>
absl::StatusOr<Response> WriteOrPreview(
    db::Pool& pool, const Call& call, const Request& request,
    absl::FunctionRef<absl::StatusOr<Response>(db::Connection&)> body) {
  return request.validate_only() ? db::Read<Response>(pool, call.deadline, body)
                                 : Write<Response>(pool, call, request, body);
}

}  // namespace jinhuan::api
