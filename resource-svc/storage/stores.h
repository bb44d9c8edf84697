#pragma once

#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/listing_store.h"
#include "resource-svc/storage/lottery_store.h"
#include "resource-svc/storage/match_store.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/menu_store.h"
#include "resource-svc/storage/pass_store.h"
#include "resource-svc/storage/quota_store.h"
#include "resource-svc/storage/report_store.h"
#include "resource-svc/storage/slot_store.h"
#include "resource-svc/storage/supply_store.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// The stores of resource-svc; what its services, keepers and followers share.
struct Stores {
  Stores(journal::Journal& journal, IdSource& ids)
      : facilities(journal),
        windows(journal),
        closures(journal),
        menus(journal),
        ledger(journal, ids),
        bookings(journal, slots, quotas, ledger),
        supplies(journal, slots, bookings),
        needs(journal),
        offers(journal),
        matches(journal),
        passes(journal),
        lotteries(journal) {}

  MemberStore members;
  SlotStore slots;
  QuotaStore quotas;
  ReportStore reports;
  FacilityStore facilities;
  WindowStore windows;
  ClosureStore closures;
  MenuStore menus;
  LedgerStore ledger;
  BookingStore bookings;
  SupplyStore supplies;
  NeedStore needs;
  OfferStore offers;
  MatchStore matches;
  PassStore passes;
  LotteryStore lotteries;
};

}  // namespace jinhuan::resource
