#include "resource-svc/domain/menu_rules.h"

#include <algorithm>
#include <set>

namespace jinhuan::resource {
namespace {

constexpr int kMostDishes = 40;
constexpr size_t kLongestName = 30;
constexpr size_t kLongestNote = 200;

bool AreAllergens(const google::protobuf::RepeatedField<int>& allergens) {
  std::set<int> seen;
  return std::all_of(allergens.begin(), allergens.end(), [&](int one) {
    return one != v1::ALLERGEN_UNSPECIFIED && v1::Allergen_IsValid(one) && seen.insert(one).second;
  });
}

}  // namespace

void CheckMenu(const v1::Menu& menu, Violations& violations) {
  violations.Check("menu.dishes", menu.dishes_size() <= kMostDishes, "at most 40", "最多 40 道");
  for (const v1::Dish& dish : menu.dishes()) {
    violations.CheckText("menu.dishes.display_name", dish.display_name(), 1, kLongestName);
    violations.Check("menu.dishes.kind", v1::DishKind_IsValid(dish.kind()), "a known kind",
                     "有效的菜品类别");
    violations.Check("menu.dishes.allergens", AreAllergens(dish.allergens()),
                     "known groups, each once", "不重复的致敏物质");
  }
  violations.CheckText("menu.note", menu.note(), 0, kLongestNote);
}

}  // namespace jinhuan::resource
