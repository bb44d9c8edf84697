// Canteens: what they serve, and one place for each person and meal.
#include <atomic>

#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;

const db::Query kMeals("SELECT COALESCE(SUM(used), 0) FROM quota_use WHERE window_id = '*meal'",
                       "");
const db::Query kPlaces("SELECT COALESCE(SUM(used), 0) FROM slot", "");

class MealsTest : public ServiceTest {
 protected:
  v1::CreateBookingRequest For(const v1::Window& window, absl::Time start,
                               const std::vector<std::string>& guests = {}, int quantity = 0) {
    auto request = Booking(window.name(), start);
    for (const std::string& guest : guests) request.mutable_booking()->add_guests(guest);
    const int named = static_cast<int>(guests.size());
    request.mutable_booking()->set_quantity(quantity == 0 ? named + 1 : quantity);
    return request;
  }

  const v1::Window here_ = OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(50));
  const v1::Window there_ = OpenNew(v1::FACILITY_KIND_CANTEEN, Daily(50));
};

TEST_F(MealsTest, OnePlaceForEachMealInWhicheverCanteen) {
  const auto self = Staff("s", "m2");
  const auto lunch = Book(self, For(here_, At(24, 11)));
  ASSERT_TRUE(lunch.ok()) << lunch.status();
  const auto again = Book(self, For(there_, At(24, 12)));
  EXPECT_EQ(ReasonOf(again.status()), "MEAL_TAKEN");
  EXPECT_THAT(std::string(again.status().message()), ::testing::HasSubstr("lunch on 2026-11-24"));
  EXPECT_TRUE(Book(self, For(there_, At(24, 9))).ok());   // breakfast
  EXPECT_TRUE(Book(self, For(there_, At(24, 17))).ok());  // supper
  EXPECT_TRUE(Book(self, For(there_, At(25, 12))).ok());  // of another day
  EXPECT_TRUE(Book(Staff("t", "m2"), For(there_, At(24, 12))).ok());
  ASSERT_TRUE(Cancel(self, lunch->name()).ok());
  EXPECT_TRUE(Book(self, For(there_, At(24, 12))).ok());
}

TEST_F(MealsTest, ARoomIsNoMeal) {
  const v1::Window room = OpenNew(v1::FACILITY_KIND_VENUE, Daily(5));
  const auto self = Staff("s", "m2");
  EXPECT_TRUE(Book(self, Booking(room.name(), At(24, 11))).ok());
  EXPECT_TRUE(Book(self, Booking(room.name(), At(24, 12))).ok());
  EXPECT_EQ(ReasonOf(Book(self, For(room, At(24, 13), {"王芳"})).status()), "FIELD_INVALID");
}

TEST_F(MealsTest, GuestsAreCountedByNameAndUnit) {
  ASSERT_TRUE(Book(Staff("s", "m2"), For(here_, At(24, 11), {"王芳", "李强"})).ok());
  EXPECT_EQ(Number(kMeals), 3);
  const auto taken = Book(Staff("t", "m2"), For(there_, At(24, 12), {"王芳"}));
  EXPECT_EQ(ReasonOf(taken.status()), "GUEST_HAS_MEAL");
  EXPECT_EQ(Number(kMeals), 3);
  // Another unit has a colleague of that name.
  EXPECT_TRUE(Book(Staff("u", "m3"), For(there_, At(24, 12), {"王芳"})).ok());
  EXPECT_EQ(ReasonOf(Book(Staff("t", "m2"), For(there_, At(24, 12), {"甲", "甲"})).status()),
            "FIELD_INVALID");
}

TEST_F(MealsTest, WhoNamesEveryoneDoesNotEat) {
  const auto self = Staff("s", "m2");
  ASSERT_TRUE(Book(self, For(here_, At(24, 11), {"王芳", "李强"}, 2)).ok());
  EXPECT_TRUE(Book(self, For(there_, At(24, 12))).ok());
}

TEST_F(MealsTest, StaffNameTheirGuestsAndALiaisonMayBringANumber) {
  EXPECT_EQ(ReasonOf(Book(Staff("s", "m2"), For(here_, At(24, 11), {}, 5)).status()),
            "FIELD_REQUIRED");
  EXPECT_TRUE(Book(Liaison("m2"), For(here_, At(24, 11), {}, 5)).ok());
  EXPECT_EQ(ReasonOf(Book(Liaison("m2"), For(there_, At(24, 12), {}, 5)).status()), "MEAL_TAKEN");
}

TEST_F(MealsTest, TwoCanteensAtOnceGiveOneLunch) {
  std::atomic<int> booked = 0;
  std::atomic<int> taken = 0;
  OnThreads(16, [&](int i) {
    const auto made = Book(Staff("s", "m2"), For(i % 2 == 0 ? here_ : there_, At(24, 11 + i % 3)));
    booked += made.ok();
    taken += ReasonOf(made.status()) == "MEAL_TAKEN";
  });
  EXPECT_EQ(booked, 1);
  EXPECT_EQ(taken, 15);
  EXPECT_EQ(Number(kMeals), 1);
  EXPECT_EQ(Number(kPlaces), 1);
}

TEST_F(MealsTest, AMenuIsSaidReadAndChanged) {
  v1::SetMenuRequest request;
  request.mutable_menu()->set_name(here_.name() + "/menus/2026-11-24");
  v1::Dish& dish = *request.mutable_menu()->add_dishes();
  dish.set_display_name("红烧肉");
  dish.set_kind(v1::DISH_KIND_MEAT);
  const auto set = [&](const auth::v1::Caller& caller) {
    return Call(*facility_stub_, &v1::FacilityService::Stub::SetMenu, caller, request);
  };
  EXPECT_EQ(ReasonOf(set(Liaison("m9")).status()), "ROLE_REQUIRED");
  const auto first = set(Liaison("m1"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->etag(), "1");
  request.mutable_menu()->set_etag("7");
  EXPECT_EQ(ReasonOf(set(Liaison("m1")).status()), "ETAG_STALE");
  request.mutable_menu()->set_etag("1");
  request.mutable_menu()->set_note("十二点后供应面食");
  EXPECT_EQ(set(Liaison("m1"))->etag(), "2");
  request.mutable_menu()->set_name(there_.name() + "/menus/2026-11-25");
  request.mutable_menu()->clear_etag();
  ASSERT_TRUE(set(Street()).ok());
  request.mutable_menu()->set_name(there_.name() + "/menus/2026-02-30");
  EXPECT_EQ(ReasonOf(set(Street()).status()), "FIELD_INVALID");
  request.mutable_menu()->set_name(there_.name() + "/menus/2026-10-01");  // opens in November
  EXPECT_EQ(ReasonOf(set(Street()).status()), "FIELD_INVALID");

  v1::ListMenusRequest list;
  list.set_parent("alliances/a");
  list.mutable_start_date()->set_year(2026);
  list.mutable_start_date()->set_month(11);
  list.mutable_start_date()->set_day(23);
  *list.mutable_end_date() = list.start_date();
  list.mutable_end_date()->set_day(29);
  const auto listed = [&] {
    std::vector<std::string> days;
    const auto answer =
        Call(*facility_stub_, &v1::FacilityService::Stub::ListMenus, Staff("s", "m2"), list);
    EXPECT_TRUE(answer.ok()) << answer.status();
    for (const v1::Menu& menu : answer->menus()) {
      days.push_back(menu.name().substr(menu.name().size() - 5));
    }
    list.set_page_token(answer->next_page_token());
    return days;
  };
  EXPECT_THAT(listed(), ElementsAre("11-24", "11-25"));
  list.set_page_size(1);
  EXPECT_THAT(listed(), ElementsAre("11-24"));
  EXPECT_THAT(listed(), ElementsAre("11-25"));
  list.set_facility(here_.name().substr(0, here_.name().find("/windows")));
  EXPECT_THAT(listed(), ElementsAre("11-24"));
}

}  // namespace
}  // namespace jinhuan::resource
