// Paths of the portal's files.
#include <filesystem>

#include "gateway/static_files.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const std::string path = gateway::SafeRelativePath(input);
  if (path.empty()) return;
  // It names a file in the folder whatever stands there, and none that is hidden.
  const std::filesystem::path whole = std::filesystem::path("/portal") / path;
  Require(whole.lexically_normal() == whole && whole.string() == "/portal/" + path);
  for (const auto& part : std::filesystem::path(path)) Require(part.string().front() != '.');
  Require(path.find('\0') == std::string::npos);
  Require(!gateway::ContentTypeOf(path).empty());
}

}  // namespace jinhuan::fuzz
