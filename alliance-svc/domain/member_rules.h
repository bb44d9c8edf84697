#pragma once

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {

// Brings what was typed into the form that is stored: the uscc in upper case, a
// missing tier to ORDINARY.
void NormaliseMember(v1::Member& member);

// Whether a normalised member is one: the limits of the fields as their
// comments in alliance.proto state them, USCC_INVALID, PHONE_INVALID. Fields are
// told as below `member`. `known_phone` is the masked number that is stored,
// which is valid too; empty for a new member.
void CheckMember(const v1::Member& member, std::string_view known_phone, Violations& violations);

// Whether an alliance is one; fields are told as below `alliance`. The time zone
// must be one that this machine's zone files know.
void CheckAlliance(const v1::Alliance& alliance, Violations& violations);

// Whether `id` can be chosen for an alliance: 2 to 36 of a-z, 0-9 and '-',
// beginning with a letter.
bool IsAllianceId(std::string_view id);

}  // namespace jinhuan::alliance
