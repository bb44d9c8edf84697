#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinhuan::resource {

// A vehicle plate as GA 36-2018 writes it, from what a person typed: upper case,
// without the separating dot, hyphens and blanks. Nothing when it is no plate.
//
// A plate is counted in code points, not bytes: the character of a province, the
// letter of an office, then
//   ordinary, 5:    letters and digits; the last place may say what the vehicle
//                   is for (挂 trailer, 学 school, 警 police, 领 consulate, and on
//                   粤Z alone 港 or 澳);
//   new energy, 6:  a small car has its kind in the first place and digits in the
//                   last four, a large one five digits and its kind in the last.
//                   Kinds: A to E all-electric, F, G, H, J, K other.
// No letter is I or O. Embassies, the forces and temporary plates are not
// taken.
std::optional<std::string> NormalisePlate(std::string_view text);

}  // namespace jinhuan::resource
