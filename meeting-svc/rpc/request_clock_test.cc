// The clock of a request, and the lists and files that go by it.
#include <atomic>
#include <set>

#include "meeting-svc/rpc/request_fixture.h"
#include "platform/table/table.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RequestClockTest : public RequestTest {
 protected:
  // A simple one, due in one working day, that m2 has.
  std::string Simple() {
    v1::CreateRequestRequest report = Report();
    report.mutable_request()->set_type(v1::REQUEST_TYPE_SIMPLE);
    report.mutable_request()->set_title("=1+1");
    const std::string name = Create(report).name();
    EXPECT_EQ(Dispatch(name, "m2"), "");
    return name;
  }
  absl::Time DueTimeOf(const std::string& name) { return api::FromProto(Get(name).due_time()); }
  void SetClock(absl::Time time) { clock_.Advance(time - clock_.Now()); }
  std::vector<std::string> ListByUrgency(v1::RequestUrgency urgency) {
    v1::ListRequestsRequest request = ListOf(v1::REQUEST_VIEW_ALLIANCE);
    request.set_urgency(urgency);
    return List(Street(), request);
  }
};

TEST_F(RequestClockTest, AClockThatRunsOutIsMarkedOnceInEachState) {
  v1::CreateRequestRequest report = Report();
  report.mutable_request()->clear_category();
  const std::string received = Create(report).name();
  const std::string classified = Create().name();
  const std::string dispatched = Create().name();
  const std::string started = Create().name();
  const std::string resolved = Create().name();
  const std::string merged = CreateAs(kNeighbour).name();
  for (const std::string& name : {dispatched, started, resolved}) {
    ASSERT_EQ(Dispatch(name, "m2"), "");
  }
  ASSERT_EQ(Start(kUnit, started), "");
  ASSERT_EQ(Resolve(kUnit, resolved), "");
  ASSERT_EQ(Merge(started, {merged}), "");
  const absl::Time due = DueTimeOf(received);
  EXPECT_EQ(Steps(due - absl::Seconds(1)), 0);

  // More than are looked at together, none of which can be read, and one that a process of before
  // wrote: neither holds up the others.
  Change(
      "INSERT INTO citizen_request (alliance_id, id, version, state, reporter, member_id, "
      "create_time, body) SELECT 'a', CONCAT('bad', seq), 1, 1, '', '', '2001-01-01', '\xff' "
      "FROM seq_1_to_60");
  Change("UPDATE citizen_request SET overdue_step = DEFAULT WHERE id = '" + api::LastId(resolved) +
         "'");
  std::atomic<int> marked = 0;
  OnThreads(3, [&](int) { marked += Steps(due); });
  EXPECT_EQ(marked, 4);
  EXPECT_EQ(Steps(due), 0);
  for (const std::string& name : {received, classified, dispatched, started}) {
    EXPECT_EQ(api::FromProto(Get(name).overdue_time()), due) << name;
  }
  for (const std::string& name : {resolved, merged}) {
    EXPECT_FALSE(Get(name).has_overdue_time()) << name;
  }

  // Another type is another time, which can run out anew.
  v1::DispatchRequestRequest request = Dispatching(dispatched, "m2");
  request.set_type(v1::REQUEST_TYPE_DIFFICULT);
  EXPECT_FALSE(Do(&Requests::DispatchRequest, Street(), request).has_overdue_time());
  EXPECT_EQ(Steps(due), 0);
  const absl::Time later = DueTimeOf(dispatched);
  EXPECT_EQ(Steps(later), 2);  // and what is resolved is archived
  EXPECT_EQ(api::FromProto(Get(dispatched).overdue_time()), later);
}

TEST_F(RequestClockTest, AListShowsWhatIsDueSoonOrOverdueAndNotWhatIsResolved) {
  const std::string late = Simple();
  const std::string resolved = Simple();
  const std::string ordinary = Create().name();  // in five working days
  ASSERT_EQ(Dispatch(ordinary, "m2"), "");
  EXPECT_THAT(ListByUrgency(v1::REQUEST_URGENCY_OVERDUE), IsEmpty());

  SetClock(DueTimeOf(late) - absl::Hours(1));
  EXPECT_EQ(Resolve(kUnit, resolved), "");
  EXPECT_THAT(ListByUrgency(v1::REQUEST_URGENCY_OVERDUE), IsEmpty());
  EXPECT_THAT(ListByUrgency(v1::REQUEST_URGENCY_SOON), ElementsAre(late));
  SetClock(DueTimeOf(late));
  EXPECT_THAT(ListByUrgency(v1::REQUEST_URGENCY_OVERDUE), ElementsAre(late));
  const auto overdue = [](v1::RequestView view) {
    v1::ListRequestsRequest request = ListOf(view);
    request.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
    return request;
  };
  EXPECT_THAT(List(kUnit, overdue(v1::REQUEST_VIEW_UNIT)), ElementsAre(late));
  EXPECT_THAT(List(kOtherUnit, overdue(v1::REQUEST_VIEW_UNIT)), IsEmpty());
  EXPECT_THAT(List(kReporter, overdue(v1::REQUEST_VIEW_OWN)), ElementsAre(late));
  v1::ListRequestsRequest started = overdue(v1::REQUEST_VIEW_ALLIANCE);
  started.set_state(v1::Request::STATE_IN_PROGRESS);
  EXPECT_THAT(List(Street(), started), IsEmpty());
}

TEST_F(RequestClockTest, TheStreetExportsWhatItLists) {
  const std::string late = Simple();
  Create();
  SetClock(DueTimeOf(late));
  v1::ExportRequestsRequest file = Under{kAlliance};
  file.set_view(v1::REQUEST_VIEW_ALLIANCE);
  file.set_urgency(v1::REQUEST_URGENCY_OVERDUE);
  EXPECT_EQ(Refusal(&Requests::ExportRequests, kUnit, file), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Requests::ExportRequests, kReporter, file), "ROLE_REQUIRED");
  const auto made = Do(&Requests::ExportRequests, Street(), file);
  EXPECT_EQ(made.row_count(), 1);
  EXPECT_FALSE(made.truncated());
  EXPECT_THAT(made.filename(), ::testing::StartsWith("诉求 "));
  const auto table = table::ReadTable(made.content());
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_THAT(table->rows, SizeIs(2));
  EXPECT_EQ(table->rows[1].cells[1], "=1+1");
  EXPECT_EQ(table->rows[1].cells[10], "是");
}

TEST_F(RequestClockTest, EachListsItsOwnAUnitsAndTheStreetAll) {
  const std::string name = Create().name();
  ASSERT_EQ(Dispatch(name, "m2"), "");
  EXPECT_THAT(List(kReporter, v1::REQUEST_VIEW_OWN), ElementsAre(name));
  EXPECT_THAT(List(kNeighbour, v1::REQUEST_VIEW_OWN), IsEmpty());
  EXPECT_THAT(List(kUnit, v1::REQUEST_VIEW_UNIT), ElementsAre(name));
  v1::ListRequestsRequest all = ListOf(v1::REQUEST_VIEW_ALLIANCE);
  all.set_state(v1::Request::STATE_DISPATCHED);
  EXPECT_THAT(List(Street(), all), ElementsAre(name));
  all.set_state(v1::Request::STATE_RATED);
  EXPECT_THAT(List(Street(), all), IsEmpty());
  all = ListOf(v1::REQUEST_VIEW_ALLIANCE);
  all.set_type(v1::REQUEST_TYPE_ORDINARY);
  EXPECT_THAT(List(Street(), all), ElementsAre(name));
  all.set_type(v1::REQUEST_TYPE_SIMPLE);
  EXPECT_THAT(List(Street(), all), IsEmpty());
  EXPECT_EQ(Refusal(&Requests::ListRequests, kReporter, ListOf(v1::REQUEST_VIEW_UNIT)),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refusal(&Requests::ListRequests, kUnit, ListOf(v1::REQUEST_VIEW_ALLIANCE)),
            "RESOURCE_NOT_FOUND");
}

TEST_F(RequestClockTest, ListsPageByPage) {
  for (int i = 0; i < 5; ++i) Create();
  v1::ListRequestsRequest request = Under{kAlliance};
  request.set_page_size(2);
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = Do(&Requests::ListRequests, kReporter, request);
    for (const v1::Request& each : page.requests()) names.insert(each.name());
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_THAT(names, SizeIs(5));
  EXPECT_EQ(pages, 3);
}

}  // namespace
}  // namespace jinhuan::meeting
