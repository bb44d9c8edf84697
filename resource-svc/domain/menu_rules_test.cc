#include "resource-svc/domain/menu_rules.h"

#include <gmock/gmock.h>

namespace jinhuan::resource {
namespace {

bool IsRight(const v1::Menu& menu) {
  Violations violations;
  CheckMenu(menu, violations);
  return violations.empty();
}

v1::Menu Lunch() {
  v1::Menu menu;
  v1::Dish& dish = *menu.add_dishes();
  dish.set_display_name("清蒸鲈鱼");
  dish.set_kind(v1::DISH_KIND_MEAT);
  dish.add_allergens(v1::ALLERGEN_FISH);
  dish.add_allergens(v1::ALLERGEN_SOY);
  return menu;
}

TEST(MenuRulesTest, AMenuOfDishesIsRight) {
  EXPECT_TRUE(IsRight(Lunch()));
  EXPECT_TRUE(IsRight({}));
}

TEST(MenuRulesTest, WhatIsWrongIsSaid) {
  v1::Menu menu = Lunch();
  menu.mutable_dishes(0)->clear_display_name();
  EXPECT_FALSE(IsRight(menu));
  menu = Lunch();
  menu.mutable_dishes(0)->add_allergens(v1::ALLERGEN_FISH);  // twice
  EXPECT_FALSE(IsRight(menu));
  menu = Lunch();
  menu.mutable_dishes(0)->set_kind(static_cast<v1::DishKind>(99));
  EXPECT_FALSE(IsRight(menu));
  menu = Lunch();
  for (int i = 0; i < 40; ++i) menu.add_dishes()->set_display_name("米饭");
  EXPECT_FALSE(IsRight(menu));
  menu = Lunch();
  menu.set_note(std::string(201, 'x'));
  EXPECT_FALSE(IsRight(menu));
}

}  // namespace
}  // namespace jinhuan::resource
