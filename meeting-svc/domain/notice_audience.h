#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jinhuan/auth/v1/caller.pb.h"

namespace jinhuan::meeting {

// The circles of people that notices go to. A person belongs to circles by the roles of the
// moment, so a notice need not know who they are.

inline std::string ThePerson(const std::string& user) { return user; }
// Who acts for a unit, `alliances/a/members/m`.
inline std::string LiaisonsOf(const std::string& member) { return member + "#liaisons"; }
// The liaisons of all units of an alliance.
inline std::string AllLiaisons(const std::string& alliance) { return alliance + "#liaisons"; }
inline std::string TheStreet(const std::string& alliance) { return alliance + "#street"; }
// The liaisons of the units that are on the roll of a ballot. Nobody's roles say so:
// whoever keeps a notice to them puts the units in their place.
inline constexpr std::string_view kElectors = "#electors";
inline std::string ElectorsOf(const std::string& ballot) { return ballot + std::string(kElectors); }
// The liaisons of the units that were invited to a meeting; as with electors, whoever keeps a
// notice to them puts the units in their place.
inline constexpr std::string_view kInvited = "#invited";
inline std::string InvitedTo(const std::string& meeting) { return meeting + std::string(kInvited); }
// The liaisons of the unit that is the chair, or stands in for it, when it is told; and those
// of the unit that proposed a project, or the street. As with electors, whoever keeps a
// notice to them puts the unit in their place.
inline constexpr std::string_view kChair = "#chair";
inline std::string TheChair(const std::string& alliance) { return alliance + std::string(kChair); }
inline constexpr std::string_view kProposer = "#proposer";
inline std::string ProposerOf(const std::string& project) {
  return project + std::string(kProposer);
}
// Everyone of an alliance.
inline std::string Everyone(const std::string& alliance) { return alliance + "#everyone"; }

// The circles that a grant in force makes its holder belong to.
std::vector<std::string> AudiencesOf(const auth::v1::Grant& grant);

// Whether a caller hears of anything: who has no role does not. That is also who must change the
// password first, as somebody else may know it.
bool HearsOfAnything(const auth::v1::Caller& caller);

// The circles that a caller belongs to, each once. Liaisons of a suspended unit hear what
// their unit is told, and nothing of the alliance.
std::vector<std::string> AudiencesOf(const auth::v1::Caller& caller);

}  // namespace jinhuan::meeting
