#include "resource-svc/rpc/report_service.h"

#include "platform/status/status_macros.h"
#include "platform/table/table.h"
#include "resource-svc/domain/ledger_rules.h"
#include "resource-svc/rpc/exchange_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Reports = v1::ReportService::Stub;

class ReportServiceTest : public ExchangeTest {
 protected:
  ReportServiceTest() {
    grpc::ServerBuilder builder;
    report_server_ = builder.RegisterService(&report_service_).BuildAndStart();
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    reports_stub_ = v1::ReportService::NewStub(report_server_->InProcessChannel(arguments));
  }
  ~ReportServiceTest() override { report_server_->Shutdown(); }

  // A match that was carried out: `giver` helped `taker` for two hours, on a day of
  // November 2026.
  void Help(const std::string& giver, const std::string& taker, int people, int day) {
    const auto need = PublishNeed(Liaison(taker), people);
    const auto claim = Claim(Liaison(giver), need->name(), "", people);
    auto terms = Terms(claim->name());
    *terms.mutable_terms()->mutable_start_time() = api::ToProto(At(day, 9));
    *terms.mutable_terms()->mutable_end_time() = api::ToProto(At(day, 11));
    ASSERT_TRUE(Agree(Liaison(taker), terms).ok());
    ASSERT_TRUE(Complete(Liaison(giver), claim->name()).ok());
    ASSERT_TRUE(Complete(Liaison(taker), claim->name()).ok());
  }

  std::vector<v1::LedgerEntry> Entries(
      const std::function<void(v1::ListLedgerEntriesRequest&)>& filter = {}) {
    v1::ListLedgerEntriesRequest request;
    request.set_parent("alliances/a");
    request.set_page_size(3);
    if (filter) filter(request);
    std::vector<v1::LedgerEntry> entries;
    do {
      const auto page = Call(*reports_stub_, &Reports::ListLedgerEntries, Liaison("m9"), request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      entries.insert(entries.end(), page->entries().begin(), page->entries().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return entries;
  }

  absl::StatusOr<v1::GetUtilizationResponse> Use(const auth::v1::Caller& caller, int first_day,
                                                 int last_day) {
    v1::GetUtilizationRequest request;
    request.set_parent("alliances/a");
    for (auto [date, day] : {std::pair(request.mutable_start_date(), first_day),
                             std::pair(request.mutable_end_date(), last_day)}) {
      date->set_year(2026);
      date->set_month(11);
      date->set_day(day);
    }
    return Call(*reports_stub_, &Reports::GetUtilization, caller, request);
  }

  absl::StatusOr<v1::ExportBookingsResponse> Export(const auth::v1::Caller& caller) {
    v1::ExportBookingsRequest request;
    request.set_parent("alliances/a");
    *request.mutable_start_time() = api::ToProto(At(1, 0));
    *request.mutable_end_time() = api::ToProto(At(30, 0));
    return Call(*reports_stub_, &Reports::ExportBookings, caller, request);
  }

  ReportStore report_store_;
  UtilizationReport utilization_{database_.pool(), facilities_, windows_, slots_, report_store_};
  ReportService report_service_{runtime_,
                                database_.pool(),
                                ledger_,
                                {report_store_, members_, facilities_, needs_, offers_, matches_},
                                utilization_};
  std::unique_ptr<grpc::Server> report_server_;
  std::unique_ptr<Reports> reports_stub_;
};

TEST_F(ReportServiceTest, TheLedgerIsReadByUnitAndByEntry) {
  Help("m1", "m2", 3, 10);
  Help("m2", "m3", 1, 12);
  Help("m1", "m3", 1, 11);
  v1::GetLedgerRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(2);
  auto page = Call(*reports_stub_, &Reports::GetLedger, Staff("s", "m9"), request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->units(), SizeIs(2));
  EXPECT_EQ(page->units(0).member(), Unit("m1"));
  EXPECT_EQ(page->units(0).balances(0).given(), 480);
  EXPECT_EQ(page->units(1).balances(0).balance(), 120 - 360);
  request.set_page_token(page->next_page_token());
  page = Call(*reports_stub_, &Reports::GetLedger, Staff("s", "m9"), request);
  ASSERT_THAT(page->units(), SizeIs(1));
  EXPECT_EQ(page->units(0).balances(0).used(), 240);
  EXPECT_EQ(page->next_page_token(), "");

  const auto all = Entries();
  ASSERT_THAT(all, SizeIs(6));
  for (size_t i = 1; i < all.size(); ++i) {
    EXPECT_GE(all[i - 1].occur_time().seconds(), all[i].occur_time().seconds());
  }
  using R = v1::ListLedgerEntriesRequest;
  const auto of_two = [](R& r) { r.set_member("alliances/a/members/m2"); };
  EXPECT_THAT(Entries(of_two), SizeIs(2));
  EXPECT_THAT(Entries([&](R& r) {
                of_two(r);
                r.set_kind(v1::LEDGER_KIND_SERVICE_HOURS);
              }),
              SizeIs(2));
  EXPECT_THAT(Entries([&](R& r) { r.set_kind(v1::LEDGER_KIND_MEALS); }), IsEmpty());
  EXPECT_THAT(Entries([&](R& r) { r.set_kind(v1::LEDGER_KIND_SERVICE_HOURS); }), SizeIs(6));
  // The period is half-open: what occurred at its end is left out.
  EXPECT_THAT(Entries([&](R& r) {
                *r.mutable_start_time() = api::ToProto(At(11, 11));
                *r.mutable_end_time() = api::ToProto(At(12, 11));
              }),
              SizeIs(2));
}

TEST_F(ReportServiceTest, WhatASourceGaveIsEnteredOnce) {
  Help("m1", "m2", 3, 10);
  std::vector<v1::LedgerEntry> again = Entries();
  api::Call call;
  call.method = "jinhuan.resource.v1.Test/Record";
  call.caller = Street();
  call.now = clock_.Now();
  std::atomic<int> recorded = 0;
  OnThreads(4, [&](int) {
    const absl::Status status = db::InTransaction(
        database_.pool(), absl::Now() + absl::Seconds(20), [&](db::Connection& c) -> absl::Status {
          JH_ASSIGN_OR_RETURN(const bool done, ledger_.Record(c, call, again));
          recorded += done;
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
  });
  EXPECT_EQ(recorded, 0);
  EXPECT_THAT(Entries(), SizeIs(2));
  EXPECT_EQ(WrongBalances(), 0);
}

TEST_F(ReportServiceTest, BalancesAddUpWhoeverRecordsAtOnce) {
  api::Call call;
  call.method = "jinhuan.resource.v1.Test/Record";
  call.caller = Street();
  call.now = clock_.Now();
  std::atomic<int> recorded = 0;
  OnThreads(8, [&](int thread) {
    for (int i = 0; i < 40; ++i) {
      // Each source comes to two threads; the units cross in every order.
      const int number = (thread / 2) * 40 + i;
      v1::Booking booking;
      booking.set_name(fmt::format("alliances/a/bookings/b{}", number));
      booking.set_member(Unit(fmt::format("m{}", number % 3)));
      booking.set_quantity(1 + number % 5);
      booking.set_facility_kind(static_cast<v1::FacilityKind>(1 + number % 4));
      booking.set_state(v1::Booking::STATE_COMPLETED);
      *booking.mutable_start_time() = api::ToProto(At(10, 9));
      *booking.mutable_end_time() = api::ToProto(At(10, 10));
      const auto entries =
          EntriesOf(booking, Unit(fmt::format("m{}", (number + 1 + i % 2) % 3)), At(10, 10));
      bool done = false;
      const absl::Status status =
          db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30),
                            [&](db::Connection& c) -> absl::Status {
                              JH_ASSIGN_OR_RETURN(done, ledger_.Record(c, call, entries));
                              return absl::OkStatus();
                            });
      EXPECT_TRUE(status.ok()) << status;
      recorded += done;
    }
  });
  EXPECT_EQ(recorded, 160);
  static const db::Query entries("SELECT COUNT(*) FROM ledger_entry", "");
  EXPECT_EQ(Number(entries), 320);
  EXPECT_EQ(WrongBalances(), 0);
}

TEST_F(ReportServiceTest, UtilizationIsOfferedAgainstUsed) {
  const v1::Window venue = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));  // of m1
  const auto lent = Lend(Liaison("m2"), v1::FACILITY_KIND_PARKING, "m2");
  ASSERT_TRUE(Open(Liaison("m2"), lent->name(), Daily(1)).ok());
  ASSERT_TRUE(Book(Staff("s", "m3"), Booking(venue.name(), At(24, 9), 2)).ok());
  ASSERT_TRUE(Book(Staff("t", "m2"), Booking(venue.name(), At(25, 9))).ok());
  const auto gone = Book(Staff("t", "m2"), Booking(venue.name(), At(25, 12)));
  ASSERT_TRUE(Cancel(Staff("t", "m2"), gone->name()).ok());

  const auto street = Use(Street(), 24, 25);
  ASSERT_TRUE(street.ok()) << street.status();
  ASSERT_THAT(street->facilities(), SizeIs(2));
  EXPECT_EQ(street->facilities(0).use().offered_minutes(), 2 * 10 * 60 * 2);
  EXPECT_EQ(street->facilities(0).use().used_minutes(), 180);
  EXPECT_EQ(street->facilities(1).use().used_minutes(), 0);
  EXPECT_EQ(street->hours(9).use().used_minutes(), 120);
  EXPECT_EQ(street->hours(9).use().offered_minutes(), 2 * 60 * 3);
  EXPECT_EQ(street->hours(7).use().offered_minutes(), 0);
  ASSERT_THAT(street->units(), SizeIs(2));
  EXPECT_EQ(street->units(0).member(), Unit("m3"));
  EXPECT_EQ(street->units(0).used_minutes(), 120);
  EXPECT_EQ(street->units(1).booking_count(), 1);
  EXPECT_FALSE(street->truncated());

  const auto own = Use(Liaison("m2"), 24, 25);
  ASSERT_TRUE(own.ok()) << own.status();
  ASSERT_THAT(own->facilities(), SizeIs(1));
  EXPECT_EQ(own->facilities(0).facility(), lent->name());
  EXPECT_THAT(own->units(), IsEmpty());
  EXPECT_THAT(Use(Street(), 24, 24)->units(), SizeIs(1));
  EXPECT_EQ(ReasonOf(Use(Street(), 25, 24).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Use(Staff("s", "m3"), 24, 25).status()), "ROLE_REQUIRED");
}

TEST_F(ReportServiceTest, AUnitSeesWhatItLendsHoweverManyOthersLent) {
  const v1::Window other = OpenNew(v1::FACILITY_KIND_VENUE, Daily(2));  // of m1
  const auto lent = Lend(Liaison("m2"), v1::FACILITY_KIND_VENUE, "m2");
  const auto window = Open(Liaison("m2"), lent->name(), Daily(1));
  ASSERT_TRUE(Book(Staff("s", "m3"), Booking(window->name(), At(24, 9), 2)).ok());
  ASSERT_TRUE(Book(Staff("s", "m3"), Booking(other.name(), At(24, 12))).ok());
  Change(
      "INSERT INTO facility (alliance_id, id, kind, owner_id, version, body) "
      "SELECT alliance_id, CONCAT('0-', seq), kind, owner_id, 1, body "
      "FROM facility, seq_1_to_200 WHERE owner_id = 'm1'");

  EXPECT_TRUE(Use(Street(), 24, 24)->truncated());
  const auto own = Use(Liaison("m2"), 24, 24);
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_FALSE(own->truncated());
  ASSERT_THAT(own->facilities(), SizeIs(1));
  EXPECT_EQ(own->facilities(0).facility(), lent->name());
  EXPECT_EQ(own->facilities(0).use().used_minutes(), 120);
  ASSERT_THAT(own->units(), SizeIs(1));
  EXPECT_EQ(own->units(0).used_minutes(), 120);
  EXPECT_TRUE(Use(Liaison("m1"), 24, 24)->truncated());
}

TEST_F(ReportServiceTest, BookingsAreExportedAndNothingBecomesAFormula) {
  const auto facility = Lend(Street(), v1::FACILITY_KIND_VENUE);
  v1::UpdateFacilityRequest rename;
  rename.mutable_facility()->set_name(facility->name());
  rename.mutable_facility()->set_display_name("=HYPERLINK(\"http://evil\")");
  ASSERT_TRUE(
      Call(*facility_stub_, &v1::FacilityService::Stub::UpdateFacility, Street(), rename).ok());
  const auto window = Open(Street(), facility->name(), Daily(5));
  ASSERT_TRUE(Book(Staff("s", "m3"), Booking(window->name(), At(25, 9))).ok());
  ASSERT_TRUE(Book(Staff("t", "m2"), Booking(window->name(), At(24, 9))).ok());
  const auto file = Export(Street());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->filename(), "预约 2026-11-23.xlsx");
  EXPECT_EQ(file->row_count(), 2);
  const auto table = table::ReadTable(file->content());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->problems, IsEmpty());  // a formula would be one
  ASSERT_THAT(table->rows, SizeIs(3));
  EXPECT_EQ(table->rows[1].cells[0], "=HYPERLINK(\"http://evil\")");
  EXPECT_EQ(table->rows[1].cells[2], "2026-11-24");
  EXPECT_EQ(table->rows[2].cells[8], "已预约");
  EXPECT_EQ(Export(Liaison("m3"))->row_count(), 1);
  EXPECT_EQ(Export(Liaison("m9"))->row_count(), 0);
}

TEST_F(ReportServiceTest, TheLedgerIsExported) {
  Help("m1", "m2", 3, 10);
  v1::ExportLedgerRequest request;
  request.set_parent("alliances/a");
  const auto file = Call(*reports_stub_, &Reports::ExportLedger, Street(), request);
  ASSERT_TRUE(file.ok()) << file.status();
  const auto table = table::ReadTable(file->content());
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_THAT(table->rows, SizeIs(3));
  EXPECT_EQ(table->rows[1].cells[5], "6");
}

TEST_F(ReportServiceTest, FilesNameUnitsAndHoldTheLists) {
  Change("UPDATE member SET display_name = '金湾物业' WHERE id = 'm1'");
  Help("m1", "m2", 3, 10);
  ASSERT_TRUE(
      PublishOffer(Liaison("m1"), 2, [](v1::Offer& offer) { offer.set_title("=1+1"); }).ok());
  ASSERT_TRUE(Lend(Street(), v1::FACILITY_KIND_VENUE).ok());
  v1::ExportLedgerRequest ledger;
  ledger.set_parent("alliances/a");
  ledger.set_member(Unit("m1"));
  const auto entries = Call(*reports_stub_, &Reports::ExportLedger, Street(), ledger);
  ASSERT_TRUE(entries.ok()) << entries.status();
  EXPECT_EQ(table::ReadTable(entries->content())->rows[1].cells[1], "金湾物业");

  const auto rows = [&](const auth::v1::Caller& caller, v1::ExportedList list) {
    v1::ExportListRequest request;
    request.set_parent("alliances/a");
    request.set_list(list);
    const auto file = Call(*reports_stub_, &Reports::ExportList, caller, request);
    EXPECT_TRUE(file.ok()) << file.status();
    const auto table = table::ReadTable(file->content());
    EXPECT_TRUE(table.ok()) << table.status();
    EXPECT_THAT(table->problems, IsEmpty());  // a formula would be one
    EXPECT_EQ(table->rows.size(), size_t{1} + file->row_count());
    std::vector<std::vector<std::string>> found;
    for (const auto& row : table->rows) found.push_back(row.cells);
    return found;
  };
  EXPECT_EQ(rows(Liaison("m9"), v1::EXPORTED_LIST_NEEDS)[1][0], "m2");
  const auto offers = rows(Liaison("m9"), v1::EXPORTED_LIST_OFFERS);
  EXPECT_EQ(offers[1][0], "金湾物业");
  EXPECT_EQ(offers[1][2], "=1+1");
  const auto matches = rows(Liaison("m2"), v1::EXPORTED_LIST_MATCHES);
  EXPECT_EQ(matches[1][2], "金湾物业");
  EXPECT_EQ(matches[1][7], "已完成");
  EXPECT_THAT(rows(Liaison("m9"), v1::EXPORTED_LIST_MATCHES), SizeIs(1));  // not its business
  EXPECT_THAT(rows(Street(), v1::EXPORTED_LIST_MATCHES), SizeIs(2));
  EXPECT_EQ(rows(Liaison("m9"), v1::EXPORTED_LIST_FACILITIES)[1][2], "金湾物业");
  v1::ExportListRequest none;
  none.set_parent("alliances/a");
  EXPECT_EQ(ReasonOf(Call(*reports_stub_, &Reports::ExportList, Street(), none).status()),
            "FIELD_REQUIRED");
}

TEST_F(ReportServiceTest, BalancesAreToldByMonth) {
  Help("m1", "m2", 3, 10);
  Change(
      "UPDATE ledger_month SET month = 202610");  // as if a further one had been in another month
  Help("m1", "m2", 1, 11);
  v1::GetLedgerRequest request;
  request.set_parent("alliances/a");
  request.set_page_size(1);
  const auto given = [&](int first, int last, const std::string& member) {
    request.set_member(member);
    request.mutable_first_month()->set_year(2026);
    request.mutable_first_month()->set_month(first);
    request.mutable_last_month()->set_year(2026);
    request.mutable_last_month()->set_month(last);
    const auto page = Call(*reports_stub_, &Reports::GetLedger, Staff("s", "m9"), request);
    EXPECT_TRUE(page.ok()) << page.status();
    return page->units().empty() ? 0 : page->units(0).balances(0).given();
  };
  EXPECT_EQ(given(10, 10, ""), 360);
  EXPECT_EQ(given(11, 12, ""), 120);
  EXPECT_EQ(given(10, 11, ""), 480);
  EXPECT_EQ(given(11, 11, Unit("m1")), 120);
  EXPECT_EQ(given(12, 12, Unit("m1")), 0);
  const auto reason = [&] {
    return ReasonOf(Call(*reports_stub_, &Reports::GetLedger, Staff("s", "m9"), request).status());
  };
  request.mutable_last_month()->set_month(11);
  EXPECT_EQ(reason(), "FIELD_INVALID");  // before the first
  request.mutable_last_month()->set_month(13);
  EXPECT_EQ(reason(), "FIELD_INVALID");
  request.clear_last_month();
  EXPECT_EQ(reason(), "FIELD_INVALID");
}

TEST_F(ReportServiceTest, AnEntryIsPutRightByFurtherOnes) {
  Help("m1", "m2", 3, 10);
  const auto correct = [&](const auth::v1::Caller& caller, const std::string& name,
                           int64_t quantity) {
    v1::CorrectLedgerEntryRequest request;
    request.set_name(name);
    request.set_quantity(quantity);
    request.set_reason("实到两人");
    return Call(*reports_stub_, &Reports::CorrectLedgerEntry, caller, request);
  };
  const auto wrong = Entries([](auto& r) { r.set_member("alliances/a/members/m2"); })[0];
  EXPECT_EQ(ReasonOf(correct(Liaison("m2"), wrong.name(), 240).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(correct(Street(), wrong.name(), 360).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(correct(Street(), wrong.name(), -1).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(correct(Street(), wrong.name() + "x", 1).status()), "RESOURCE_NOT_FOUND");
  const auto correction = correct(Street(), wrong.name(), 240);
  ASSERT_TRUE(correction.ok()) << correction.status();
  EXPECT_EQ(correction->member(), Unit("m2"));
  EXPECT_EQ(correction->direction(), v1::LEDGER_DIRECTION_USED);
  EXPECT_EQ(correction->quantity(), -120);
  EXPECT_EQ(correction->reason(), "实到两人");
  EXPECT_EQ(correction->occur_time().seconds(), wrong.occur_time().seconds());
  // Again, and whichever of its entries is named.
  ASSERT_TRUE(correct(Street(), wrong.name(), 300).ok());
  const auto last = correct(Street(), correction->name(), 0);
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->quantity(), -300);
  EXPECT_THAT(Entries(), SizeIs(8));  // nothing was taken away
  EXPECT_EQ(WrongBalances(), 0);

  // Many at once: each sees what the others have entered.
  std::atomic<int> done = 0;
  OnThreads(4, [&](int i) { done += correct(Street(), wrong.name(), 100 + i).ok(); });
  EXPECT_EQ(done, 4);
  v1::GetLedgerRequest request;
  request.set_parent("alliances/a");
  const auto page = Call(*reports_stub_, &Reports::GetLedger, Street(), request);
  EXPECT_THAT(page->units(0).balances(0).given(),
              ::testing::AllOf(::testing::Ge(100), ::testing::Le(103)));
  EXPECT_EQ(page->units(0).balances(0).given(), page->units(1).balances(0).used());
  EXPECT_EQ(WrongBalances(), 0);
}

// Whoever records that a booking is over, and however many at once.
TEST_F(ReportServiceTest, ABookingThatIsOverEntersTheLedgerOnce) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Daily(5));
  auto request = Booking(window.name(), At(24, 9));
  request.mutable_booking()->set_plate("沪A12345");
  const auto booking = Book(Staff("s", "m3"), request);
  ASSERT_TRUE(booking.ok()) << booking.status();
  ASSERT_TRUE(Book(Staff("t", "m4"),
                   [&] {
                     auto other = request;
                     other.mutable_booking()->set_plate("沪A54321");
                     return other;
                   }())
                  .ok());
  EXPECT_THAT(Entries(), IsEmpty());
  clock_.Advance(At(25, 9) - clock_.Now());
  std::atomic<int> moved = 0;
  OnThreads(4, [&](int) { moved += BookingKeeper::Keep(keeper_, clock_.Now()).value_or(-100); });
  EXPECT_EQ(moved, 2);
  const auto entries = Entries();
  ASSERT_THAT(entries, SizeIs(4));
  int64_t given = 0;
  int64_t used = 0;
  for (const v1::LedgerEntry& entry : entries) {
    EXPECT_EQ(entry.kind(), v1::LEDGER_KIND_SPACE_HOURS);
    (entry.direction() == v1::LEDGER_DIRECTION_GIVEN ? given : used) += entry.quantity();
  }
  EXPECT_EQ(given, used);
  EXPECT_GT(given, 0);
}

TEST_F(ReportServiceTest, AFileHasABoundedNumberOfRows) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Daily(5));
  const auto booking = [&] {
    auto request = Booking(window.name(), At(24, 9));
    request.mutable_booking()->set_plate("沪A12345");
    return Book(Staff("s", "m3"), request);
  }();
  ASSERT_TRUE(booking.ok()) << booking.status();
  Change(
      "INSERT INTO booking (alliance_id, id, user_name, member_id, state, start_time, end_time, "
      "version, body) SELECT alliance_id, CONCAT('x', seq), user_name, member_id, state, "
      "start_time, end_time, version, body FROM booking, seq_1_to_50500");
  const auto file = Export(Street());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->row_count(), ReportService::kMaxRows);
  EXPECT_TRUE(file->truncated());
  EXPECT_LT(file->content().size(), 8 << 20);
  RecordProperty("bytes", static_cast<int>(file->content().size()));
  const auto use = Use(Street(), 24, 24);
  ASSERT_TRUE(use.ok()) << use.status();
  EXPECT_EQ(use->units(0).booking_count(), 50'000);
  EXPECT_TRUE(use->truncated());
}

// Of eleven states, no eleven times the file.
TEST_F(ReportServiceTest, ReadsLittleMoreOfBookingsThanAFileHolds) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_PARKING, Daily(5));
  auto request = Booking(window.name(), At(24, 9));
  request.mutable_booking()->set_plate("沪A12345");
  ASSERT_TRUE(Book(Staff("s", "m3"), request).ok());
  Change(
      "INSERT INTO booking (alliance_id, id, user_name, member_id, state, start_time, end_time, "
      "version, body) SELECT alliance_id, CONCAT('x', seq), user_name, member_id, 1 + seq MOD 4, "
      "start_time + INTERVAL seq SECOND, end_time, version, body FROM booking, seq_1_to_8000");
  static const db::Query rows(
      "SELECT VARIABLE_VALUE FROM information_schema.session_status "
      "WHERE VARIABLE_NAME = 'ROWS_READ'",
      "");
  const ReportStore reports;
  auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
  ASSERT_TRUE((*lease)->Run("FLUSH STATUS").ok());
  const auto found = reports.Earliest(**lease, {{"alliances/a", At(24, 9), At(25, 9)}},
                                      {v1::Booking::STATE_CONFIRMED, v1::Booking::STATE_CANCELLED,
                                       v1::Booking::STATE_PENDING, v1::Booking::STATE_REJECTED},
                                      3000);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(*found, SizeIs(3000));
  // In the order of their start: each state in its turn.
  EXPECT_NE((*found)[1500].state(), (*found)[1501].state());
  int64_t read = 0;
  ASSERT_TRUE((*lease)->Select(rows, {}, [&](const db::Row& row) { read = row.Int(0); }).ok());
  EXPECT_GE(read, 3000);
  EXPECT_LE(read, 3000 + 5 * ReportStore::kPiece);
}

TEST_F(ReportServiceTest, QueriesUseTheirIndexes) {
  for (int i = 0; i < 15; ++i) Help("m1", "m2", 1, 10);
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::resource
