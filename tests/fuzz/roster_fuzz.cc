// A roster: the table, and what its cells say of members.
#include "alliance-svc/domain/phone.h"
#include "alliance-svc/domain/roster.h"
#include "alliance-svc/domain/roster_texts.h"
#include "alliance-svc/domain/uscc.h"
#include "platform/client_source.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  (void)alliance::DayOf(input);
  alliance::Folded(input);
  Require(alliance::NormaliseUscc(alliance::NormaliseUscc(input)) ==
          alliance::NormaliseUscc(input));
  Require(!alliance::IsPhone(input) || alliance::MaskPhone(input) != input);
  Require(SourceOf(std::string(input)).size() <= 45);
  const auto table = table::ReadTable(input, alliance::RosterLimits());
  if (!table.ok()) return;
  const alliance::RosterOptions options;
  const auto plan = alliance::PlanRoster(*table, {}, options);
  Require(!plan.ok() || plan->changes.size() < table->rows.size());
}

}  // namespace jinhuan::fuzz
