// Words that people write: UTF-8, what they are found and sorted by, what quotes them in
// a log, and number plates.
#include "platform/log.h"
#include "platform/text/pinyin.h"
#include "platform/text/utf8.h"
#include "resource-svc/domain/plate.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  if (const auto points = DecodeUtf8(input)) {
    std::string again;
    for (const char32_t point : *points) AppendUtf8(point, again);
    Require(again == input && CodePoints(input) == static_cast<int>(points->size()));
  }
  std::string quoted;
  log::AppendJsonString(input, quoted);
  Require(quoted.size() >= 2 && CodePoints(quoted) >= 0 && quoted.find('\n') == std::string::npos);
  for (const char c : PinyinInitials(input)) {
    Require((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }
  Require(PinyinSortKey(input).size() <= 255);
  if (const auto plate = resource::NormalisePlate(input)) {
    Require(resource::NormalisePlate(*plate) == plate);
  }
}

}  // namespace jinhuan::fuzz
