// resource-svc: what units lend, and who has booked it.
#include "jinhuan/resource/v1/journal_service.grpc.pb.h"
#include "platform/config.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_keeper.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/check_in_flag.h"
#include "resource-svc/rpc/facility_service.h"

int main(int argc, char** argv) {
  using namespace jinhuan;  // NOLINT: main only wires
  config::InitProcess("resource-svc", argc, argv);
  rpc::ServiceProcess process({.package = "jinhuan.resource.v1", .migrations = JINHUAN_MIGRATIONS});

  resource::FacilityStore facilities(process.journal());
  resource::WindowStore windows(process.journal());
  resource::SlotStore slots;
  resource::QuotaStore quotas;
  resource::BookingStore bookings(process.journal(), slots, quotas);
  resource::Availability availability(process.pool(), facilities, windows, slots);

  resource::FacilityService facility_service(process.runtime(), process.pool(), facilities,
                                             windows);
  resource::Waitlist waitlist(process.pool(), windows, bookings, quotas, process.ids());
  const resource::BookingKeeper keeper(
      {process.pool(), windows, bookings, waitlist, process.ids(), process.clock()});
  resource::BookingService booking_service(process.runtime(),
                                           {process.pool(), facilities, windows, slots, bookings},
                                           availability, waitlist, resource::CheckInKeyFromFlag());
  rpc::JournalServiceOf<resource::v1::JournalService> journal_service(process.runtime(),
                                                                      process.journal());
  return process.Serve({&facility_service, &booking_service, &journal_service});
}
