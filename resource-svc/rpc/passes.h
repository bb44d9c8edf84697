#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "resource-svc/rpc/waitlist.h"
#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/pass_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Makes passes and moves them, each in one transaction with its days, which are bookings: what
// they hold is taken, counted, recalled, used and given back as that of any booking. The errors of
// each method are those of its namesake in booking_service.proto. Thread-safe.
class Passes {
 public:
  struct Deps {
    db::Pool& pool;
    IdSource& ids;
    FacilityStore& facilities;
    WindowStore& windows;
    SlotStore& slots;
    BookingStore& bookings;
    PassStore& passes;
    Waitlist& waitlist;
  };
  explicit Passes(const Deps& deps) : deps_(deps) {}

  absl::StatusOr<v1::Pass> Create(const api::Call& call, const v1::CreatePassRequest& request);
  absl::StatusOr<v1::Pass> Get(const api::Call& call, const v1::GetPassRequest& request);
  absl::StatusOr<v1::ListPassesResponse> List(const api::Call& call,
                                              const v1::ListPassesRequest& request);
  absl::StatusOr<v1::Pass> Cancel(const api::Call& call, const v1::CancelPassRequest& request);
  absl::StatusOr<v1::Pass> Approve(const api::Call& call, const v1::ApprovePassRequest& request);
  absl::StatusOr<v1::Pass> Reject(const api::Call& call, const v1::RejectPassRequest& request);
  absl::StatusOr<v1::CheckPlateResponse> CheckPlate(const api::Call& call,
                                                    const v1::CheckPlateRequest& request);

  // NOT_FOUND / RESOURCE_NOT_FOUND unless the caller may see the pass.
  absl::Status CheckSeen(const api::Call& call, const std::string& name,
                         db::Connection& connection);

 private:
  struct Plan;
  enum class Side { kHolder, kLender, kEither };

  absl::Status Lay(const api::Call& call, const v1::Pass& wanted, db::Connection& connection,
                   Plan& plan);
  absl::Status CheckPlateIsFree(const api::Call& call, db::Connection& connection,
                                const Plan& plan);
  absl::Status MakeRows(const api::Call& call, const Plan& plan);
  absl::StatusOr<PassStore::Stored> GetFrom(Side side, const api::Call& call,
                                            const std::string& name, db::Connection& connection);
  // One step of a pass and of each of its days that is not over; a day for which the step is not
  // one, or comes too late, stays as it is.
  using MovePass = absl::FunctionRef<absl::StatusOr<v1::Pass>(const v1::Pass&)>;
  using MoveDay = absl::FunctionRef<absl::StatusOr<v1::Booking>(const v1::Booking&)>;
  template <class Request>
  absl::StatusOr<v1::Pass> Take(const api::Call& call, const Request& request, Side side,
                                MovePass move, MoveDay move_day, const std::string& reason = "");
  absl::Status MoveDays(const api::Call& call, const std::string& pass, MoveDay move,
                        const std::string& reason, db::Connection& connection);

  const Deps deps_;
  MemberStore members_;
};

}  // namespace jinhuan::resource
