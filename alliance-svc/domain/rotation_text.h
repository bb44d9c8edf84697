#pragma once

#include <string>

#include "alliance-svc/domain/rotation_plan.h"
#include "jinhuan/alliance/v1/rotation.pb.h"

namespace jinhuan::alliance::chair {

// What people read about terms: sentences in Chinese, and in English beside them.
struct Text {
  std::string zh;
  std::string en;
};

// A credit in full terms, with three digits after the point: "1.500".
std::string CreditText(rotation::Credit credit);

// A unit as sentences name it, and what decides its place in the order.
struct Standing {
  std::string display_name;
  rotation::Credit credit = 0;
  int64_t waiting_since = 0;  // DayNumber
};

// Why an alternative for a term of `chair` was not taken; both standings as the plan
// began with them.
Text ExplainAlternative(const Standing& chair, const Standing& other,
                        const rotation::Alternative& alternative, const rotation::Cost& cost);

// What a term's explanation tells before the alternatives.
struct TermFacts {
  std::string display_name;
  std::string first_day;
  int cycle = 1;
  rotation::Credit credit = 0;
  bool frozen = false;  // the plan found it frozen
  bool kept = false;    // the plan found it published for this unit
  int units = 0;        // how many units the plan weighed
  int charter_version = 0;
  // The unit that the plan gave it to, when it is another's since; and why.
  std::string planned_display_name;
  std::string changed_because;
};
Text Summarise(const TermFacts& facts);

}  // namespace jinhuan::alliance::chair
