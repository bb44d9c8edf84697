#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Brings what was typed into the form that is stored: the uscc in upper case, a
// missing tier to ORDINARY.
void NormaliseMember(v1::Member& member);

// How a field of a member ("uscc") is called where it came from.
using FieldNames = absl::FunctionRef<std::string(std::string_view)>;

// "member.uscc": as requests call it.
std::string BelowMember(std::string_view field);

// Whether a normalised member is one: the limits of the fields as their
// comments in alliance.proto state them, USCC_INVALID, PHONE_INVALID. `stored` is
// the member as it is, whose masked numbers are valid too; an empty one for a new
// member.
void CheckMember(const v1::Member& member, const v1::Member& stored, Violations& violations,
                 FieldNames names = BelowMember);

// Whether an alliance is one; fields are told as below `alliance`. The time zone
// must be one that this machine's zone files know.
void CheckAlliance(const v1::Alliance& alliance, Violations& violations);

// Whether `id` can be chosen for an alliance: 2 to 36 of a-z, 0-9 and '-',
// beginning with a letter.
bool IsAllianceId(std::string_view id);

}  // namespace jinhuan::alliance
