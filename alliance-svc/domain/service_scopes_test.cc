#include "alliance-svc/domain/service_scopes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

std::string ReasonFor(const std::vector<std::string>& scopes) {
  const google::protobuf::RepeatedPtrField<std::string> field(scopes.begin(), scopes.end());
  Violations violations;
  CheckScopes("scopes", field, violations);
  return ReasonOf(violations.ToStatus());
}

TEST(ServiceScopes, ArePackagesServicesAndMethodsThatThereAre) {
  EXPECT_EQ(ReasonFor({}), "");
  EXPECT_EQ(ReasonFor({"jinhuan.resource.v1", "jinhuan.meeting.v1.MeetingService",
                       "jinhuan.alliance.v1.MemberService/ListMembers"}),
            "");
  for (const char* scope :
       {"", "jinhuan", "jinhuan.resource", "jinhuan.resource.v2", "jinhuan.resource.v1.",
        "jinhuan.resource.v1.NoService", "jinhuan.meeting.v1.MeetingService/",
        "jinhuan.meeting.v1.MeetingService/NoMethod", "jinhuan.meeting.v1.Meeting",
        "jinhuan.auth.v1", "jinhuan.auth.v1.CredentialService",
        "jinhuan.auth.v1.CredentialService/ResolveCredential", "jinhuan.resource.v1 x", "*"}) {
    EXPECT_EQ(ReasonFor({scope}), "FIELD_INVALID") << scope;
  }
}

TEST(ServiceScopes, AreAtMostFiftyEachOnce) {
  EXPECT_EQ(ReasonFor({"jinhuan.resource.v1", "jinhuan.resource.v1"}), "FIELD_INVALID");
  EXPECT_EQ(ReasonFor(std::vector<std::string>(51, "jinhuan.resource.v1")), "FIELD_INVALID");
}

}  // namespace
}  // namespace jinhuan::alliance
