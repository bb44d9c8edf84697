// Resource names, and the paths of field masks, one a line.
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/update_mask.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  if (const auto parts = api::MatchName("alliances/*/members/*", input)) {
    Require("alliances/" + (*parts)[0] + "/members/" + (*parts)[1] == input);
    Require(api::AllianceOf(input) == "alliances/" + (*parts)[0]);
  }
  api::AllianceOf(input);
  api::LastId(input);
  api::AllianceId(input);
  api::ParentOf(input);
  google::protobuf::FieldMask mask;
  while (!input.empty()) mask.add_paths(std::string(TakeLine(input)));
  alliance::v1::Member from;
  from.set_display_name("new");
  alliance::v1::Member to;
  to.set_name("alliances/a/members/m");
  (void)api::ApplyMask(mask, {"display_name", "tier"}, from, to);
  Require(to.name() == "alliances/a/members/m");
}

}  // namespace jinhuan::fuzz
