#include "platform/keeping.h"

#include "platform/log.h"

namespace jinhuan {
namespace {

constexpr int kMostPassedOver = 100;

}  // namespace

absl::StatusOr<int> KeepDue(
    std::string_view what, int together,
    absl::FunctionRef<absl::Status(int limit, int skip, Piece& piece)> move) {
  int moved = 0;
  int skip = 0;
  int failed = 0;
  int alone = 0;  // how many are yet to be tried alone
  for (;;) {
    const int limit = alone > 0 ? 1 : together;
    Piece piece;
    const absl::Status status = move(limit, skip, piece);
    if (absl::IsUnavailable(status)) return status;
    if (!status.ok() && limit > 1) {
      alone = together;
      continue;
    }
    if (alone > 0) --alone;
    if (status.ok()) {
      moved += piece.moved;
      skip += piece.found - piece.moved;
      if (piece.found < limit) return moved;
      continue;
    }
    log::Warning("background work passed over",
                 {{"what", what}, {"name", piece.first}, {"status", status.ToString()}});
    ++skip;
    if (++failed == kMostPassedOver) return status;
  }
}

absl::StatusOr<int> KeepEach(std::string_view what,
                             absl::FunctionRef<absl::StatusOr<std::vector<std::string>>()> due,
                             absl::FunctionRef<absl::StatusOr<bool>(const std::string& name)> keep,
                             absl::FunctionRef<absl::Status(const std::string& name)> postpone) {
  for (int kept = 0;;) {
    const absl::StatusOr<std::vector<std::string>> names = due();
    if (!names.ok()) return names.status();
    if (names->empty()) return kept;
    for (const std::string& name : *names) {
      const absl::StatusOr<bool> one = keep(name);
      kept += one.value_or(false) ? 1 : 0;
      if (one.ok()) continue;
      log::Warning("not kept",
                   {{"what", what}, {"name", name}, {"status", one.status().ToString()}});
      if (const absl::Status postponed = postpone(name); !postponed.ok()) return postponed;
    }
  }
}

}  // namespace jinhuan
