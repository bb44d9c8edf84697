// resource-svc: what units lend, and who has booked it.
#include "absl/flags/flag.h"
#include "jinhuan/resource/v1/journal_service.grpc.pb.h"
#include "platform/check_in/check_in_flag.h"
#include "platform/config.h"
#include "platform/rpc/caller_key.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "resource-svc/rpc/booking_keeper.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/desks.h"
#include "resource-svc/rpc/exchange_service.h"
#include "resource-svc/rpc/facility_service.h"
#include "resource-svc/rpc/lottery_service.h"
#include "resource-svc/rpc/pass_keeper.h"
#include "resource-svc/rpc/report_service.h"
#include "resource-svc/storage/migrations.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");

namespace jinhuan::resource {
namespace {

int Main(int argc, char** argv) {
  config::InitProcess("resource-svc", argc, argv);
  const rpc::CallerTokenSigner signer = rpc::SignerFromFlag();
  rpc::ServiceProcess process({.package = "jinhuan.resource.v1", .migrations = kMigrations});
  const rpc::Runtime runtime = process.runtime();
  db::Pool& pool = process.pool();

  Stores s(process.journal(), process.ids());
  Desks desks(pool, s, process.journal(), process.ids(), process.clock());
  const BookingKeeper keeper(
      {pool, s.windows, s.bookings, desks.waitlist, desks.lottery, process.ids(), process.clock()});
  const PassKeeper pass_keeper({pool, s.passes, process.ids(), process.clock()});
  rpc::Follower alliance(
      {"jinhuan.alliance.v1", absl::GetFlag(FLAGS_alliance_target), "services/resource-svc"}, pool,
      signer, runtime.clock, runtime.metrics,
      [&](auto& connection, const auto& entry) { return s.members.Apply(connection, entry); });

  FacilityService facilities(runtime, pool, s.facilities, s.windows, s.closures, s.supplies,
                             s.members, desks.alternatives, s.menus);
  BookingService bookings(runtime, {pool, s.facilities, s.windows, s.slots, s.bookings, s.members},
                          desks.availability, desks.waitlist, desks.passes, desks.occupancy,
                          CheckInKeyFromFlag());
  LotteryService lotteries(runtime, pool, s.windows, s.lotteries, desks.lottery);
  ExchangeService exchange(runtime, pool, s.needs, s.offers, s.matches, s.ledger,
                           desks.match_booking);
  ReportService reports(runtime, pool, s.ledger,
                        {s.reports, s.members, s.facilities, s.needs, s.offers, s.matches},
                        desks.utilization);
  rpc::JournalServiceOf<v1::JournalService> journal(runtime, process.journal());
  return process.Serve({&facilities, &bookings, &lotteries, &exchange, &reports, &journal},
                       [&](grpc::Server& /*own*/) { alliance.Start(); });
}

}  // namespace
}  // namespace jinhuan::resource

int main(int argc, char** argv) { return jinhuan::resource::Main(argc, argv); }
