#include <atomic>

#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::SizeIs;
using Stub = v1::FacilityService::Stub;

class FacilityServiceTest : public ServiceTest {
 protected:
  absl::StatusOr<v1::Facility> Get(const auth::v1::Caller& caller, const std::string& name) {
    v1::GetFacilityRequest request;
    request.set_name(name);
    return Call(*facility_stub_, &Stub::GetFacility, caller, request);
  }

  absl::StatusOr<v1::Facility> Rename(const auth::v1::Caller& caller, const v1::Facility& facility,
                                      const std::string& to) {
    v1::UpdateFacilityRequest request;
    *request.mutable_facility() = facility;
    request.mutable_facility()->set_display_name(to);
    request.mutable_update_mask()->add_paths("display_name");
    return Call(*facility_stub_, &Stub::UpdateFacility, caller, request);
  }
};

TEST_F(FacilityServiceTest, LendsAndReads) {
  const auto facility = Lend(Liaison("m1"), v1::FACILITY_KIND_PARKING);
  ASSERT_TRUE(facility.ok()) << facility.status();
  EXPECT_EQ(facility->time_zone(), "Asia/Shanghai");
  EXPECT_EQ(facility->etag(), "1");
  EXPECT_EQ(api::FromProto(facility->create_time()), clock_.Now());
  const auto read = Get(Staff("s", "m2"), facility->name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), facility->SerializeAsString());
  EXPECT_EQ(ReasonOf(Get(Staff("s", "m2"), "alliances/a/facilities/none").status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(Person("x", auth::v1::ROLE_STAFF, "m1", "b"), facility->name()).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(FacilityServiceTest, ALiaisonLendsForItsOwnUnitTheStreetForAll) {
  EXPECT_EQ(ReasonOf(Lend(Liaison("m2"), v1::FACILITY_KIND_VENUE).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Lend(Staff("s", "m1"), v1::FACILITY_KIND_VENUE).status()), "ROLE_REQUIRED");
  EXPECT_TRUE(Lend(Street(), v1::FACILITY_KIND_VENUE, "m2").ok());
  v1::CreateFacilityRequest request;
  request.set_parent("alliances/a");
  request.mutable_facility()->set_owner("alliances/b/members/m1");
  const auto other = Call(*facility_stub_, &Stub::CreateFacility, Street(), request);
  EXPECT_EQ(ReasonOf(other.status()), "FIELD_INVALID");
  request.mutable_facility()->clear_owner();
  const auto nobody = Call(*facility_stub_, &Stub::CreateFacility, Liaison("m1"), request);
  EXPECT_EQ(ReasonOf(nobody.status()), "FIELD_REQUIRED");
}

TEST_F(FacilityServiceTest, UpdatesWithAnEtag) {
  const auto facility = Lend(Street(), v1::FACILITY_KIND_CANTEEN);
  ASSERT_TRUE(facility.ok());
  EXPECT_EQ(ReasonOf(Rename(Liaison("m2"), *facility, "食堂").status()), "ROLE_REQUIRED");
  const auto renamed = Rename(Liaison("m1"), *facility, "食堂");
  ASSERT_TRUE(renamed.ok()) << renamed.status();
  EXPECT_EQ(renamed->display_name(), "食堂");
  EXPECT_EQ(renamed->etag(), "2");
  EXPECT_EQ(ReasonOf(Rename(Street(), *facility, "另一个").status()), "ETAG_STALE");
  EXPECT_EQ(ReasonOf(Rename(Street(), *renamed, "").status()), "FIELD_REQUIRED");
  v1::UpdateFacilityRequest request;
  *request.mutable_facility() = *renamed;
  request.mutable_update_mask()->add_paths("owner");
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::UpdateFacility, Street(), request).status()),
            "MASK_PATH_INVALID");
  // A window more is no change of the facility: its editors are not disturbed.
  ASSERT_TRUE(Open(Street(), facility->name(), Daily(1)).ok());
  EXPECT_TRUE(Rename(Street(), *renamed, "职工食堂").ok());
}

TEST_F(FacilityServiceTest, ListsByPageAndKind) {
  std::vector<std::string> canteens;
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(absl::Milliseconds(2));
    canteens.push_back(Lend(Street(), v1::FACILITY_KIND_CANTEEN)->name());
    EXPECT_TRUE(Lend(Street(), v1::FACILITY_KIND_VENUE).ok());
  }
  v1::ListFacilitiesRequest request;
  request.set_parent("alliances/a");
  request.set_kind(v1::FACILITY_KIND_CANTEEN);
  request.set_page_size(2);
  std::vector<std::string> listed;
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = Call(*facility_stub_, &Stub::ListFacilities, Staff("s", "m1"), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Facility& facility : page->facilities()) listed.push_back(facility.name());
    request.set_page_token(page->next_page_token());
    EXPECT_EQ(page->next_page_token().empty(), pages == 2);
  }
  EXPECT_EQ(listed, canteens);
  request.clear_kind();
  request.clear_page_token();
  request.set_page_size(0);
  EXPECT_THAT(Call(*facility_stub_, &Stub::ListFacilities, Street(), request)->facilities(),
              SizeIs(10));
}

TEST_F(FacilityServiceTest, WindowsOfAFacilityDoNotOverlap) {
  const auto facility = Lend(Street(), v1::FACILITY_KIND_PARKING);
  const auto window = Open(Liaison("m1"), facility->name(), Daily(3));
  ASSERT_TRUE(window.ok()) << window.status();
  EXPECT_EQ(ReasonOf(Open(Street(), facility->name(), Daily(3)).status()), "WINDOW_OVERLAPS");
  EXPECT_EQ(ReasonOf(Open(Liaison("m2"), facility->name(), Daily(3)).status()), "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(Open(Street(), "alliances/a/facilities/none", Daily(3)).status()),
            "RESOURCE_NOT_FOUND");
  v1::Window foreign = Daily(3);
  foreign.add_audience_members("alliances/b/members/m1");
  EXPECT_EQ(ReasonOf(Open(Street(), facility->name(), foreign).status()), "FIELD_INVALID");
  v1::Window night = Daily(3);
  night.set_open_minute(18 * 60);
  night.set_close_minute(32 * 60);
  const auto second = Open(Street(), facility->name(), night);
  ASSERT_TRUE(second.ok()) << second.status();
  v1::ListWindowsRequest request;
  request.set_parent(facility->name());
  const auto list = Call(*facility_stub_, &Stub::ListWindows, Staff("s", "m1"), request);
  ASSERT_THAT(list->windows(), SizeIs(2));
  request.set_parent("alliances/a/facilities/none");
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::ListWindows, Street(), request).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(FacilityServiceTest, WindowsOfAllFacilitiesAreOneListWithPages) {
  std::vector<std::string> opened;
  for (int i = 0; i < 3; ++i) {
    const auto facility = Lend(Street(), v1::FACILITY_KIND_PARKING);
    for (const int hour : {8, 12}) {
      v1::Window window = Daily(3);
      window.set_open_minute(hour * 60);
      window.set_close_minute((hour + 2) * 60);
      const auto made = Open(Street(), facility->name(), window);
      ASSERT_TRUE(made.ok()) << made.status();
      opened.push_back(made->name());
    }
  }
  std::sort(opened.begin(), opened.end());
  std::vector<std::string> listed;
  v1::ListWindowsRequest request;
  request.set_parent("alliances/a/facilities/-");
  request.set_page_size(4);
  do {
    const auto page = Call(*facility_stub_, &Stub::ListWindows, Staff("s", "m1"), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Window& window : page->windows()) listed.push_back(window.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, opened);
  request.set_parent("alliances/b/facilities/-");
  EXPECT_EQ(ReasonOf(Call(*facility_stub_, &Stub::ListWindows, Street(), request).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(FacilityServiceTest, OfOverlappingWindowsMadeAtOnceOneIsMade) {
  for (int round = 0; round < 5; ++round) {
    const auto facility = Lend(Street(), v1::FACILITY_KIND_VENUE);
    std::atomic<int> opened = 0;
    OnThreads(8, [&](int) {
      const auto window = Open(Street(), facility->name(), Daily(1));
      opened += window.ok();
      EXPECT_TRUE(window.ok() || ReasonOf(window.status()) == "WINDOW_OVERLAPS") << window.status();
    });
    EXPECT_EQ(opened, 1);
  }
}

// Of an hour in the evening, beside those of every day that the tests copy.
v1::Window Evening(int hour, const v1::Window& daily) {
  v1::Window window = daily;
  window.set_open_minute(hour * 60);
  window.set_close_minute(hour * 60 + 60);
  return window;
}

TEST_F(FacilityServiceTest, AFacilityHasAHundredWindowsThatAreNotOver) {
  const auto facility = Lend(Street(), v1::FACILITY_KIND_VENUE);
  ASSERT_TRUE(Open(Street(), facility->name(), Daily(1)).ok());
  Change(
      "INSERT INTO facility_window (alliance_id, facility_id, id, body) "
      "SELECT alliance_id, facility_id, CONCAT('0-', seq), body FROM facility_window, seq_1_to_98");
  v1::Window past = Evening(22, Daily(1));
  *past.mutable_end_date() = past.start_date();
  const auto over = Open(Street(), facility->name(), past);
  ASSERT_TRUE(over.ok()) << over.status();  // is over, and does not count
  std::atomic<int> opened = 0;
  OnThreads(2, [&](int i) {
    const auto one = Open(Street(), facility->name(), Evening(18 + i, Daily(1)));
    opened += one.ok();
    EXPECT_EQ(ReasonOf(one.status()), one.ok() ? "" : "WINDOWS_FULL");
  });
  EXPECT_EQ(opened, 1);

  v1::UpdateWindowRequest reopen;
  *reopen.mutable_window() = *over;
  reopen.mutable_window()->clear_end_date();
  reopen.mutable_update_mask()->add_paths("end_date");
  const auto again = [&] {
    return Call(*facility_stub_, &v1::FacilityService::Stub::UpdateWindow, Street(), reopen);
  };
  EXPECT_EQ(ReasonOf(again().status()), "WINDOWS_FULL");
  Change("DELETE FROM facility_window WHERE id = '0-1'");
  EXPECT_TRUE(again().ok());
  EXPECT_EQ(ReasonOf(Open(Street(), facility->name(), Evening(20, Daily(1))).status()),
            "WINDOWS_FULL");
}

TEST_F(FacilityServiceTest, EveryChangeIsJournalled) {
  const auto facility = Lend(Street(), v1::FACILITY_KIND_VENUE);
  const auto renamed = Rename(Street(), *facility, "礼堂");
  const auto window = Open(Street(), facility->name(), Daily(1));
  ASSERT_TRUE(renamed.ok() && window.ok());
  ASSERT_TRUE(journal_.SealOnce().ok());
  const auto entries = journal_.ReadFrom(1, 10, {}, absl::Now() + absl::Seconds(10));
  ASSERT_TRUE(entries.ok()) << entries.status();
  ASSERT_THAT(*entries, SizeIs(3));
  std::vector<std::string> resources;
  for (const journal::v1::Entry& entry : *entries) resources.push_back(entry.resource());
  EXPECT_THAT(resources,
              ::testing::UnorderedElementsAre(facility->name(), facility->name(), window->name()));
}

}  // namespace
}  // namespace jinhuan::resource
