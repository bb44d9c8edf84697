// resource-svc: what units lend, and who has booked it.
#include <cstdlib>

#include "absl/flags/flag.h"
#include "jinhuan/resource/v1/journal_service.grpc.pb.h"
#include "platform/config.h"
#include "platform/log.h"
#include "platform/rpc/follower.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_keeper.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/check_in_flag.h"
#include "resource-svc/rpc/facility_service.h"

ABSL_FLAG(std::string, alliance_target, "", "Where alliance-svc serves: unix:/path or host:port");
ABSL_FLAG(std::string, caller_key_file, "",
          "File with the Ed25519 seed that signs this service's own calls, 64 hex digits");

namespace jinhuan {
namespace {

rpc::CallerTokenSigner SignerFromFlags() {
  const auto seed = config::ReadSecret(absl::GetFlag(FLAGS_caller_key_file));
  const auto signer = seed.ok() ? rpc::CallerTokenSigner::FromSeed(*seed) : seed.status();
  if (!signer.ok()) {
    log::Error("can't start",
               {{"what", "--caller_key_file"}, {"status", signer.status().ToString()}});
    std::exit(1);
  }
  return *signer;
}

int Main(int argc, char** argv) {
  config::InitProcess("resource-svc", argc, argv);
  const rpc::CallerTokenSigner signer = SignerFromFlags();
  rpc::ServiceProcess process({.package = "jinhuan.resource.v1", .migrations = JINHUAN_MIGRATIONS});

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
  resource::SlotStore slots;
  resource::QuotaStore quotas;
  resource::BookingStore bookings(process.journal(), slots, quotas);
  resource::SupplyStore supplies(slots, bookings);
  resource::Alternatives alternatives(facilities, windows, closures, slots, members);
  resource::Availability availability(process.pool(), facilities, windows, slots, closures);

  resource::FacilityService facility_service(process.runtime(), process.pool(), facilities, windows,
                                             closures, supplies, members, alternatives);
  resource::Waitlist waitlist(process.pool(), windows, bookings, quotas, process.ids());
  const resource::BookingKeeper keeper(
      {process.pool(), windows, bookings, waitlist, process.ids(), process.clock()});
  resource::BookingService booking_service(process.runtime(),
                                           {process.pool(), facilities, windows, slots, bookings},
                                           availability, waitlist, resource::CheckInKeyFromFlag());
  rpc::JournalServiceOf<resource::v1::JournalService> journal_service(process.runtime(),
                                                                      process.journal());
  alliance.Start();
  return process.Serve({&facility_service, &booking_service, &journal_service});
}

}  // namespace
}  // namespace jinhuan

int main(int argc, char** argv) { return jinhuan::Main(argc, argv); }
