#include "meeting-svc/domain/ballot_rules.h"

namespace jinhuan::meeting {

void CheckBallot(const v1::Ballot& ballot, Violations& violations) {
  violations.CheckText("ballot.question", ballot.question(), 1, 200);
  violations.CheckText("ballot.agenda_item", ballot.agenda_item(), 0, 64);
  if (violations.Require("ballot.kind", ballot.kind() != alliance::v1::ITEM_KIND_UNSPECIFIED)) {
    violations.Check("ballot.kind", alliance::v1::ItemKind_IsValid(ballot.kind()), "a known kind",
                     "已有的事项类型");
  }
}

void CheckChoice(v1::Choice choice, Violations& violations) {
  if (violations.Require("choice", choice != v1::CHOICE_UNSPECIFIED)) {
    violations.Check("choice", v1::Choice_IsValid(choice), "FOR, AGAINST or ABSTAIN",
                     "赞成、反对或弃权");
  }
}

}  // namespace jinhuan::meeting
