#include "meeting-svc/domain/ballot_rules.h"

namespace jinhuan::meeting {

void CheckBallot(const v1::Ballot& ballot, Violations& violations) {
  violations.CheckText("ballot.question", ballot.question(), 1, 200);
  violations.CheckText("ballot.agenda_item", ballot.agenda_item(), 0, 64);
  // One on an agenda item may leave it to the item.
  violations.Require("ballot.kind", ballot.kind() != alliance::v1::ITEM_KIND_UNSPECIFIED ||
                                        !ballot.agenda_item().empty());
  violations.Check("ballot.kind", alliance::v1::ItemKind_IsValid(ballot.kind()), "a known kind",
                   "已有的事项类型");
}

alliance::v1::ItemKind CheckKind(const v1::Ballot& ballot, const v1::AgendaItem& item,
                                 Violations& violations) {
  const bool left = ballot.kind() == alliance::v1::ITEM_KIND_UNSPECIFIED;
  const alliance::v1::ItemKind kind = left ? item.kind() : ballot.kind();
  if (violations.Require("ballot.kind", kind != alliance::v1::ITEM_KIND_UNSPECIFIED)) {
    violations.Check("ballot.kind",
                     item.kind() == alliance::v1::ITEM_KIND_UNSPECIFIED || item.kind() == kind,
                     "the kind of the agenda item", "与议程事项的类别一致");
  }
  return kind;
}

void CheckChoice(v1::Choice choice, Violations& violations) {
  if (violations.Require("choice", choice != v1::CHOICE_UNSPECIFIED)) {
    violations.Check("choice", v1::Choice_IsValid(choice), "FOR, AGAINST or ABSTAIN",
                     "赞成、反对或弃权");
  }
}

}  // namespace jinhuan::meeting
