// resource-svc: what units lend, and who has booked it.
#include "absl/flags/flag.h"
#include "jinhuan/resource/v1/journal_service.grpc.pb.h"
#include "platform/check_in/check_in_flag.h"
#include "platform/config.h"
#include "platform/rpc/caller_key.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_keeper.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/exchange_service.h"
#include "resource-svc/rpc/facility_service.h"
#include "resource-svc/rpc/lottery_service.h"
#include "resource-svc/rpc/report_service.h"
#include "resource-svc/storage/migrations.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");

namespace jinhuan {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("resource-svc", argc, argv);
  const rpc::CallerTokenSigner signer = rpc::SignerFromFlag();
  rpc::ServiceProcess process(
      {.package = "jinhuan.resource.v1", .migrations = resource::kMigrations});

  resource::MemberStore members;
  rpc::Follower alliance({.source = "jinhuan.alliance.v1",
                          .target = absl::GetFlag(FLAGS_alliance_target),
                          .self = "services/resource-svc"},
                         process.pool(), signer, process.clock(),
                         [&](db::Connection& connection, const journal::v1::Entry& entry) {
                           return members.Apply(connection, entry);
                         });
  resource::FacilityStore facilities(process.journal());
  resource::WindowStore windows(process.journal());
  resource::ClosureStore closures(process.journal());
  resource::MenuStore menus(process.journal());
  resource::SlotStore slots;
  resource::QuotaStore quotas;
  resource::LedgerStore ledger(process.journal(), process.ids());
  resource::BookingStore bookings(process.journal(), slots, quotas, ledger);
  resource::SupplyStore supplies(slots, bookings);
  resource::NeedStore needs(process.journal());
  resource::OfferStore offers(process.journal());
  resource::MatchStore matches(process.journal());
  resource::ReportStore reports;
  resource::Alternatives alternatives(facilities, windows, closures, slots, members);
  resource::Availability availability(process.pool(), facilities, windows, slots, closures);
  resource::UtilizationReport utilization(process.pool(), facilities, windows, slots, reports);
  resource::MatchBooking match_booking(process.pool(), windows, slots, bookings);
  resource::Waitlist waitlist(process.pool(), windows, bookings, quotas, process.ids());
  resource::PassStore pass_store(process.journal());
  resource::Passes passes(
      {process.pool(), process.ids(), facilities, windows, slots, bookings, pass_store, waitlist});
  resource::OccupancyWatch occupancy(
      {process.pool(), process.journal(), facilities, windows, slots, process.clock()});
  resource::LotteryStore lotteries(process.journal());
  resource::Lottery lottery({process.pool(), windows, slots, quotas, bookings, ledger, lotteries},
                            process.ids());
  const resource::BookingKeeper keeper(
      {process.pool(), windows, bookings, waitlist, lottery, process.ids(), process.clock()});

  resource::FacilityService facility_service(process.runtime(), process.pool(), facilities, windows,
                                             closures, supplies, members, alternatives, menus);
  resource::BookingService booking_service(
      process.runtime(), {process.pool(), facilities, windows, slots, bookings, members},
      availability, waitlist, passes, occupancy, CheckInKeyFromFlag());
  resource::LotteryService lottery_service(process.runtime(), process.pool(), windows, lotteries,
                                           lottery);
  resource::ExchangeService exchange_service(process.runtime(), process.pool(), needs, offers,
                                             matches, ledger, match_booking);
  resource::ReportService report_service(process.runtime(), process.pool(), ledger,
                                         {reports, members, facilities, needs, offers, matches},
                                         utilization);
  rpc::JournalServiceOf<resource::v1::JournalService> journal_service(process.runtime(),
                                                                      process.journal());
  alliance.Start();
  return process.Serve({&facility_service, &booking_service, &lottery_service, &exchange_service,
                        &report_service, &journal_service});
}

}  // namespace
}  // namespace jinhuan

int main(int argc, char** argv) { return jinhuan::Main(argc, argv); }
