#pragma once

#include <string>

#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// What MemberFromRow reads, in its order.
#define JH_MEMBER_COLUMNS \
  "alliance_id, member_id, version, state, liaison_phone, deputy_liaison_phone, body"

// The member of a row, phones masked, with its history.
v1::Member MemberFromRow(const db::Row& row);

// What the body of a row holds: all but what stands in columns of its own.
std::string MemberBody(v1::Member member);

// The member as answers and journal show it: phones masked, without history.
v1::Member Shown(v1::Member member);

// A new member as the answer to its insertion would be.
v1::Member ShownAsNew(v1::Member member);

}  // namespace jinhuan::alliance
