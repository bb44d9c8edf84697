#include "meeting-svc/rpc/notice_keeper.h"

#include "platform/db/forget.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Hours(1);

}  // namespace

NoticeKeeper::NoticeKeeper(db::Pool& pool, const NoticeStore& notices, const Clock& clock)
    : repeater_("notices", kPause, clock,
                [&pool, &notices](absl::Time now) { return Keep(pool, notices, now); }) {}

absl::StatusOr<int> NoticeKeeper::Keep(db::Pool& pool, const NoticeStore& notices, absl::Time now) {
  JH_ASSIGN_OR_RETURN(const int gone, db::ForgetOld(pool, [&](db::Connection& c, int limit) {
                        return notices.ForgetOld(c, now, limit);
                      }));
  JH_ASSIGN_OR_RETURN(const int read, db::ForgetOld(pool, [&](db::Connection& c, int limit) {
                        return notices.ForgetOldRead(c, now, limit);
                      }));
  return gone + read;
}

}  // namespace jinhuan::meeting
