#pragma once

#include <string>
#include <vector>

#include "alliance-svc/domain/rotation_problem.h"
#include "alliance-svc/domain/rotation_record.h"

namespace jinhuan::alliance::chair {

// Whether the published terms know how things are now, told from the record alone.
struct ReplanNeed {
  bool needed = false;
  std::vector<std::string> reasons;  // in Chinese; also those that only ask for a stand-in
};
ReplanNeed ReplanNeedOf(const Record& record, absl::Time now);

// Why the plan gives a slot that was published as term `published` to another unit, in
// Chinese.
std::string WhyChanged(const Record& record, const Question& question, const Slot& slot,
                       const std::string& planned);

// Why a unit gets a term that nobody had, in Chinese.
std::string WhyGiven(int cycle, rotation::Credit credit);

}  // namespace jinhuan::alliance::chair
