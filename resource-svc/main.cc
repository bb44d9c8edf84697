// resource-svc: what units lend, and who has booked it.
#include "jinhuan/resource/v1/journal_service.grpc.pb.h"
#include "platform/config.h"
#include "platform/rpc/journal_service.h"
#include "platform/rpc/serve.h"
#include "resource-svc/rpc/availability.h"
#include "resource-svc/rpc/booking_service.h"
#include "resource-svc/rpc/exchange_service.h"
#include "resource-svc/rpc/facility_service.h"
#include "resource-svc/rpc/report_service.h"

int main(int argc, char** argv) {
  using namespace jinhuan;  // NOLINT: main only wires
  config::InitProcess("resource-svc", argc, argv);
  rpc::ServiceProcess process({.package = "jinhuan.resource.v1", .migrations = JINHUAN_MIGRATIONS});

  resource::FacilityStore facilities(process.journal());
  resource::WindowStore windows(process.journal());
  resource::SlotStore slots;
  resource::QuotaStore quotas;
  resource::BookingStore bookings(process.journal(), slots, quotas);
  resource::NeedStore needs(process.journal());
  resource::OfferStore offers(process.journal());
  resource::MatchStore matches(process.journal());
  resource::LedgerStore ledger(process.journal(), process.runtime().ids);
  resource::MatchBooking match_booking(process.pool(), windows, slots, bookings);
  resource::ReportStore reports;
  resource::UtilizationReport utilization(process.pool(), facilities, windows, slots, reports);
  resource::Availability availability(process.pool(), facilities, windows, slots);

  resource::FacilityService facility_service(process.runtime(), process.pool(), facilities,
                                             windows);
  resource::BookingService booking_service(process.runtime(), process.pool(), windows, slots,
                                           bookings, availability);
  resource::ExchangeService exchange_service(process.runtime(), process.pool(), needs, offers,
                                             matches, ledger, match_booking);
  resource::ReportService report_service(process.runtime(), process.pool(), ledger, reports,
                                         utilization);
  rpc::JournalServiceOf<resource::v1::JournalService> journal_service(process.runtime(),
                                                                      process.journal());
  return process.Serve(
      {&facility_service, &booking_service, &exchange_service, &report_service, &journal_service});
}
