#include "platform/journal/verify/findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace jinhuan::journal::verify {
namespace {

constexpr size_t kKept = 10;

const Text& NameOf(size_t check) {
  static const auto* const names = new std::vector<Text>{
      {"form of the bundle", "文件格式"},
      {"signature of the journal", "日志签名"},
      {"cosignatures of the witnesses", "见证方联署"},
      {"entries: whole and in order", "条目完整、编号连续"},
      {"inclusion of each entry in the tree", "每条日志均在树中"},
      {"erasures: each has its reason", "清除均有记录"},
      {"consistency with the checkpoint held", "与已持有检查点一致"},
      {"coverage: no entry is left out", "无遗漏条目"},
  };
  return (*names)[check];
}

const std::string& In(bool chinese, const Text& text) { return chinese ? text.zh : text.en; }

}  // namespace

void Findings::Failed(Check check, Text what) {
  const auto i = static_cast<size_t>(check);
  checked_[i] = true;
  if (++failures_[i] <= static_cast<int>(kKept)) texts_[i].push_back(std::move(what));
}

bool Findings::failed() const {
  return std::any_of(failures_.begin(), failures_.end(), [](int count) { return count > 0; });
}

Text Findings::Verdict() const {
  const auto failures =
      std::count_if(failures_.begin(), failures_.end(), [](int n) { return n > 0; });
  if (failures == 0 && !checked_[static_cast<size_t>(Check::kCoverage)]) {
    return {"This part verifies.", "这一部分通过验证。"};
  }
  if (failures == 0) return {"The journal verifies.", "日志通过验证。"};
  if (failures == 1 && failed(Check::kCoverage)) {
    return {"What was checked verifies, but is not the whole journal.",
            "已核验的部分通过验证，但不是完整的日志。"};
  }
  return {"The journal does NOT verify.", "日志未通过验证。"};
}

std::string Findings::Report(bool chinese) const {
  std::string report;
  for (size_t i = 0; i < kChecks; ++i) {
    const char* word = chinese ? "未检查" : "--    ";
    if (checked_[i]) word = chinese ? "通过  " : "OK    ";
    if (failures_[i] > 0) word = chinese ? "失败  " : "FAILED";
    report += fmt::format("{}  {}\n", word, In(chinese, NameOf(i)));
    for (const Text& text : texts_[i]) report += fmt::format("          {}\n", In(chinese, text));
    const int more = failures_[i] - static_cast<int>(texts_[i].size());
    if (more > 0) {
      report += chinese ? fmt::format("          另有 {} 项\n", more)
                        : fmt::format("          and {} more\n", more);
    }
  }
  report += In(chinese, Verdict());
  return report + "\n";
}

}  // namespace jinhuan::journal::verify
