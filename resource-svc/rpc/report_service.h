#pragma once

#include "jinhuan/resource/v1/report_service.grpc.pb.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"
#include "resource-svc/rpc/utilization_report.h"
#include "resource-svc/storage/facility_store.h"
#include "resource-svc/storage/ledger_store.h"
#include "resource-svc/storage/listing_store.h"
#include "resource-svc/storage/match_store.h"
#include "resource-svc/storage/member_store.h"

namespace jinhuan::resource {

// Serves jinhuan.resource.v1.ReportService, as report_service.proto states it.
// Thread-safe.
class ReportService final : public v1::ReportService::Service {
 public:
  // The most rows of a file.
  static constexpr int kMaxRows = 50'000;

  // What files are made of.
  struct Stores {
    ReportStore& reports;
    MemberStore& members;
    FacilityStore& facilities;
    NeedStore& needs;
    OfferStore& offers;
    MatchStore& matches;
  };

  ReportService(const rpc::Runtime& runtime, db::Pool& pool, LedgerStore& ledger,
                const Stores& stores, UtilizationReport& utilization)
      : handler_(runtime, v1::ReportService::service_full_name()),
        pool_(pool),
        ledger_(ledger),
        stores_(stores),
        utilization_(utilization) {}

  grpc::Status GetLedger(grpc::ServerContext* context, const v1::GetLedgerRequest* request,
                         v1::GetLedgerResponse* response) override;
  grpc::Status ListLedgerEntries(grpc::ServerContext* context,
                                 const v1::ListLedgerEntriesRequest* request,
                                 v1::ListLedgerEntriesResponse* response) override;
  grpc::Status CorrectLedgerEntry(grpc::ServerContext* context,
                                  const v1::CorrectLedgerEntryRequest* request,
                                  v1::LedgerEntry* response) override;
  grpc::Status GetUtilization(grpc::ServerContext* context,
                              const v1::GetUtilizationRequest* request,
                              v1::GetUtilizationResponse* response) override;
  grpc::Status ExportBookings(grpc::ServerContext* context,
                              const v1::ExportBookingsRequest* request,
                              v1::ExportBookingsResponse* response) override;
  grpc::Status ExportLedger(grpc::ServerContext* context, const v1::ExportLedgerRequest* request,
                            v1::ExportLedgerResponse* response) override;
  grpc::Status ExportList(grpc::ServerContext* context, const v1::ExportListRequest* request,
                          v1::ExportListResponse* response) override;

 private:
  absl::StatusOr<v1::GetLedgerResponse> Balances(const api::Call& call,
                                                 const v1::GetLedgerRequest& request);
  absl::StatusOr<v1::ListLedgerEntriesResponse> Entries(
      const api::Call& call, const v1::ListLedgerEntriesRequest& request);
  absl::StatusOr<v1::LedgerEntry> Correct(const api::Call& call,
                                          const v1::CorrectLedgerEntryRequest& request);
  absl::StatusOr<v1::ExportBookingsResponse> BookingFile(const api::Call& call,
                                                         const v1::ExportBookingsRequest& request);
  absl::StatusOr<v1::ExportLedgerResponse> LedgerFile(const api::Call& call,
                                                      const v1::ExportLedgerRequest& request);
  absl::StatusOr<v1::ExportListResponse> ListFile(const api::Call& call,
                                                  const v1::ExportListRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  LedgerStore& ledger_;
  Stores stores_;
  UtilizationReport& utilization_;
};

}  // namespace jinhuan::resource
