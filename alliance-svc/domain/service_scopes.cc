#include "alliance-svc/domain/service_scopes.h"

#include <algorithm>
#include <array>
#include <set>

#include "google/protobuf/descriptor.h"

namespace jinhuan::alliance {
namespace {

constexpr int kMaxScopes = 50;

// What the gateway routes; jinhuan.auth.v1 is for processes of the suite alone.
constexpr std::array<std::string_view, 3> kPackages = {"jinhuan.alliance.v1", "jinhuan.meeting.v1",
                                                       "jinhuan.resource.v1"};

// The protos of all services are linked into each, so the pool knows them.
bool IsScope(const std::string& scope) {
  if (std::find(kPackages.begin(), kPackages.end(), scope) != kPackages.end()) return true;
  const size_t slash = scope.find('/');
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(scope.substr(0, slash));
  if (service == nullptr || std::find(kPackages.begin(), kPackages.end(),
                                      service->file()->package()) == kPackages.end()) {
    return false;
  }
  return slash == std::string::npos ||
         service->FindMethodByName(scope.substr(slash + 1)) != nullptr;
}

}  // namespace

void CheckScopes(std::string_view field,
                 const google::protobuf::RepeatedPtrField<std::string>& scopes,
                 Violations& violations) {
  if (!violations.Check(field, scopes.size() <= kMaxScopes, "at most 50", "最多 50 项")) return;
  const std::set<std::string> once(scopes.begin(), scopes.end());
  violations.Check(field, static_cast<int>(once.size()) == scopes.size(), "each once", "不重复");
  violations.Check(field, std::all_of(scopes.begin(), scopes.end(), IsScope),
                   "packages, services or methods of this API", "本系统的服务包、服务或方法");
}

}  // namespace jinhuan::alliance
