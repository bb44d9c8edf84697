#include "platform/journal/tree/checkpoint.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "platform/journal/tree/base64.h"

namespace jinhuan::journal::tree {
namespace {

constexpr std::string_view kHashLine = "hash ";

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

std::string Format(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n{}{}\n", checkpoint.origin, checkpoint.size,
                     ToBase64(checkpoint.root), kHashLine, NameOf(checkpoint.algorithm));
}

absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text) {
  const absl::Status malformed = absl::InvalidArgumentError("not a checkpoint of this journal");
  const std::vector<std::string_view> lines = LinesOf(text);
  if (lines.size() != 4 || !lines[3].starts_with(kHashLine)) return malformed;
  const std::optional<Algorithm> algorithm = AlgorithmNamed(lines[3].substr(kHashLine.size()));
  const std::optional<std::string> root = FromBase64(lines[2]);
  int64_t size = 0;
  const auto [end, error] = std::from_chars(lines[1].begin(), lines[1].end(), size);
  if (!algorithm.has_value() || !root.has_value() || root->size() != kHashBytes || size < 0 ||
      error != std::errc() || end != lines[1].end() || lines[0].empty()) {
    return malformed;
  }
  Checkpoint checkpoint{std::string(lines[0]), size, *root, *algorithm};
  if (Format(checkpoint) != text) return malformed;
  return checkpoint;
}

}  // namespace jinhuan::journal::tree
