#pragma once

#include "resource-svc/rpc/alternatives.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/lottery.h"
#include "resource-svc/rpc/match_booking.h"
#include "resource-svc/rpc/occupancy_watch.h"
#include "resource-svc/rpc/passes.h"
#include "resource-svc/rpc/utilization_report.h"
#include "resource-svc/rpc/waitlist.h"
#include "resource-svc/storage/stores.h"

namespace jinhuan::resource {

// What several services or keepers do with the stores.
struct Desks {
  Desks(db::Pool& pool, Stores& stores, journal::Journal& journal, IdSource& ids,
        const Clock& clock)
      : alternatives(stores.facilities, stores.windows, stores.closures, stores.slots,
                     stores.members),
        availability(pool, stores.facilities, stores.windows, stores.slots, stores.closures),
        utilization(pool, stores.facilities, stores.windows, stores.slots, stores.reports),
        match_booking(pool, stores.windows, stores.slots, stores.bookings),
        waitlist(pool, stores.windows, stores.bookings, stores.quotas, stores.members, ids),
        passes({pool, ids, stores.facilities, stores.windows, stores.slots, stores.bookings,
                stores.passes, waitlist}),
        occupancy({pool, journal, stores.facilities, stores.windows, stores.slots, clock}),
        lottery({pool, stores.windows, stores.slots, stores.quotas, stores.bookings, stores.ledger,
                 stores.lotteries, stores.members},
                ids) {}

  Alternatives alternatives;
  Availability availability;
  UtilizationReport utilization;
  MatchBooking match_booking;
  Waitlist waitlist;
  Passes passes;
  OccupancyWatch occupancy;
  Lottery lottery;
};

}  // namespace jinhuan::resource
