#include "platform/db/errors.h"

#include <cppconn/exception.h>

#include <string>

#include "absl/strings/cord.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/log.h"
#include "platform/status/error.h"

namespace jinhuan::db {
namespace {

constexpr char kPayload[] = "jinhuan.db.failure";

Failure Classify(int code) {
  switch (code) {
    case 1062:
      return Failure::kDuplicate;
    case 3819:
    case 4025:
      return Failure::kCheck;
    case 1020:
    case 1205:
    case 1213:
      return Failure::kRetry;
    case 1047:
    case 1053:
    case 1927:
    case 2002:
    case 2003:
    case 2006:
    case 2013:
    case 2030:
      return Failure::kLost;
    case 1969:
      return Failure::kTimeout;
    default:
      return Failure::kOther;
  }
}

absl::Status Neutral(Failure failure) {
  switch (failure) {
    case Failure::kLost:
      return Error(error::v1::COMMON_REASON_UNAVAILABLE);
    case Failure::kRetry:
      return Error(error::v1::COMMON_REASON_CONFLICT);
    case Failure::kTimeout:
      return Error(error::v1::COMMON_REASON_DEADLINE_EXCEEDED);
    case Failure::kDuplicate:
      return absl::AlreadyExistsError("duplicate key");
    case Failure::kCheck:
      return absl::FailedPreconditionError("check constraint");
    case Failure::kOther:
      break;
  }
  return absl::InternalError("the store refused a statement");
}

absl::Status Marked(Failure failure) {
  absl::Status status = Neutral(failure);
  status.SetPayload(kPayload,
                    absl::Cord(std::string(1, static_cast<char>('0' + static_cast<int>(failure)))));
  return status;
}

}  // namespace

absl::Status ToStatus(const sql::SQLException& error, const char* statement) {
  const Failure failure = Classify(error.getErrorCode());
  if (failure == Failure::kOther || failure == Failure::kLost) {
    log::Warning("database error",
                 {{"code", error.getErrorCode()}, {"text", error.what()}, {"sql", statement}});
  }
  return Marked(failure);
}

Failure FailureOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return Failure::kOther;
  return static_cast<Failure>(std::string(*payload).front() - '0');
}

absl::Status RetryTransaction() { return Marked(Failure::kRetry); }

}  // namespace jinhuan::db
