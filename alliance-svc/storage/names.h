#pragma once

#include <string>
#include <string_view>

namespace jinhuan::alliance {

// Resource names from the ids that the tables hold.
inline std::string AllianceName(std::string_view alliance_id) {
  return "alliances/" + std::string(alliance_id);
}
inline std::string MemberName(std::string_view alliance_id, std::string_view member_id) {
  return AllianceName(alliance_id) + "/members/" + std::string(member_id);
}
inline std::string ChairTermName(std::string_view alliance_id, std::string_view first_day) {
  return AllianceName(alliance_id) + "/chairTerms/" + std::string(first_day);
}
inline std::string SwapName(std::string_view alliance_id, std::string_view swap_id) {
  return AllianceName(alliance_id) + "/swaps/" + std::string(swap_id);
}
inline std::string UnavailabilityName(std::string_view alliance_id,
                                      std::string_view unavailability_id) {
  return AllianceName(alliance_id) + "/unavailabilities/" + std::string(unavailability_id);
}
inline std::string UserName(std::string_view user_id) { return "users/" + std::string(user_id); }
inline std::string ServiceAccountName(std::string_view account_id) {
  return "serviceAccounts/" + std::string(account_id);
}

// The last part of a name: the id of the resource itself.
inline std::string LastSegment(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

// The alliance's id in the name of an alliance or of what lies in it; "" for
// another name.
inline std::string AllianceIdOf(std::string_view name) {
  constexpr std::string_view kPrefix = "alliances/";
  if (!name.starts_with(kPrefix)) return "";
  name.remove_prefix(kPrefix.size());
  return std::string(name.substr(0, name.find('/')));
}

}  // namespace jinhuan::alliance
