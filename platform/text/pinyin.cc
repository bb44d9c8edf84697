#include "platform/text/pinyin.h"

#include <unicode/alphaindex.h>
#include <unicode/tblcoll.h>
#include <unicode/unistr.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "platform/text/pinyin_words.h"
#include "platform/text/utf8.h"

namespace jinhuan {
namespace {

constexpr size_t kMaxSortKey = 255;
// Raised when this file or the words change what they make.
constexpr char kRulesVersion[] = "1";
// A character takes two or three bytes of a key's first level.
constexpr int kMaxSortedUnits = 256;

// ICU's data is part of its library: without it nothing here can work.
void Must(UErrorCode error) {
  if (U_FAILURE(error)) std::abort();
}

// The buckets A to Z of a Chinese telephone directory. A bucket is found with
// comparisons alone, which makes it both cheaper than transliteration (a hundred
// times) and safe to share. Never freed: threads may use it until the end.
const icu::AlphabeticIndex::ImmutableIndex& Buckets() {
  static const auto* const buckets = [] {
    UErrorCode error = U_ZERO_ERROR;
    icu::AlphabeticIndex index(icu::Locale("zh"), error);
    const auto* built = index.buildImmutableIndex(error);
    Must(error);
    return built;
  }();
  return *buckets;
}

const icu::Collator& PinyinCollator() {
  static const auto* const collator = [] {
    UErrorCode error = U_ZERO_ERROR;
    auto* created = icu::Collator::createInstance(icu::Locale("zh"), error);
    Must(error);
    created->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, error);
    Must(error);
    return created;
  }();
  return *collator;
}

// The ASCII character of a full-width one.
char32_t Narrow(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

void AppendInitial(char32_t c, std::string& out) {
  if (c < 0x80) {
    const char lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) out += lower;
    return;
  }
  UErrorCode error = U_ZERO_ERROR;
  const auto& buckets = Buckets();
  const int32_t at = buckets.getBucketIndex(icu::UnicodeString(static_cast<UChar32>(c)), error);
  Must(error);
  const auto* bucket = buckets.getBucket(at);
  // The buckets before A and after Z hold what has no such letter.
  if (bucket->getLabelType() != U_ALPHAINDEX_NORMAL) return;
  out += static_cast<char>(bucket->getLabel().charAt(0) - u'A' + 'a');
}

}  // namespace

std::string PinyinInitials(std::string_view text) {
  std::string initials;
  const std::u32string points = DecodeUtf8(text).value_or(U"");
  for (size_t at = 0; at < points.size();) {
    if (const PinyinWord* word = FindPinyinWord(std::u32string_view(points).substr(at))) {
      initials += word->initials;
      at += word->text.size();
    } else {
      AppendInitial(Narrow(points[at++]), initials);
    }
  }
  return initials;
}

std::string PinyinSortKey(std::string_view text) {
  auto units = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(std::min<size_t>(text.size(), 4096))));
  units.truncate(kMaxSortedUnits);
  if (units.isEmpty()) return "";
  const icu::Collator& collator = PinyinCollator();
  std::vector<uint8_t> key(1024);
  auto size =
      static_cast<size_t>(collator.getSortKey(units, key.data(), static_cast<int32_t>(key.size())));
  if (size > key.size()) {
    key.resize(size);
    collator.getSortKey(units, key.data(), static_cast<int32_t>(size));
  }
  if (size > 0) --size;  // the zero at the end, which sorts nothing
  return {key.begin(), key.begin() + static_cast<ptrdiff_t>(std::min(size, kMaxSortKey))};
}

std::string PinyinVersion() {
  UVersionInfo version;
  PinyinCollator().getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return kRulesVersion + std::string("-" U_ICU_VERSION "-") + text;
}

}  // namespace jinhuan
