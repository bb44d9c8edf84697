#include "platform/table/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "jinhuan/error/v1/table_reason.pb.h"
#include "platform/status/error.h"
#include "platform/text/utf8.h"

namespace jinhuan::table {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

absl::Status BrokenAt(std::string_view bytes, size_t at) {
  const auto row = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(at), '\n');
  return Error(error::v1::TABLE_REASON_ENCODING_UNKNOWN,
               {{"row", std::to_string(row)}, {"byte", std::to_string(at + 1)}});
}

bool HasControls(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && (byte < '\t' || byte > '\r');
  });
}

// How much of a text is UTF-8: its sequences of several bytes, its bytes that
// belong to none, and where the first of these is.
struct Census {
  size_t sequences = 0;
  size_t strays = 0;
  size_t first_stray = 0;
};

Census Count(std::string_view bytes) {
  Census census;
  for (size_t at = 0; at < bytes.size();) {
    const size_t length = Utf8Length(bytes.substr(at, 4));
    if (length == 0 && census.strays++ == 0) census.first_stray = at;
    if (length > 1) ++census.sequences;
    at += std::max<size_t>(length, 1);
  }
  return census;
}

// The text that ICU's converter `name` reads; where it stops, if it does, is
// `*broken_at`.
absl::StatusOr<std::string> Convert(const char* name, std::string_view bytes, size_t* broken_at) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name, &error),
                                                                     ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return absl::InternalError(u_errorName(error));
  std::vector<UChar> units(bytes.size() + 16);  // no sequence gives more units than it has bytes
  UChar* target = units.data();
  const char* source = bytes.data();
  ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source,
                 bytes.data() + bytes.size(), nullptr, true, &error);
  if (U_FAILURE(error)) {
    char bad[32];
    auto length = static_cast<int8_t>(sizeof bad);
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter.get(), bad, &length, &ignored);
    const auto read = static_cast<size_t>(source - bytes.data());
    *broken_at = read - std::min<size_t>(read, U_SUCCESS(ignored) ? length : 0);
    return BrokenAt(bytes, *broken_at);
  }
  std::string text;
  icu::UnicodeString(false, units.data(), static_cast<int32_t>(target - units.data()))
      .toUTF8String(text);
  return text;
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(std::string_view bytes) {
  size_t broken_at = 0;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    absl::StatusOr<std::string> text = Convert("UTF-16", bytes, &broken_at);
    if (text.ok() && HasControls(*text)) return Error(error::v1::TABLE_REASON_NOT_A_TABLE);
    return text;
  }
  if (HasControls(bytes)) return Error(error::v1::TABLE_REASON_NOT_A_TABLE);
  const bool marked = bytes.starts_with(kUtf8Mark);
  const Census census = Count(bytes);
  if (census.strays == 0) return std::string(bytes.substr(marked ? kUtf8Mark.size() : 0));
  // In GB18030 text about one character in five happens to look like UTF-8.
  if (marked || census.sequences > 4 * census.strays) return BrokenAt(bytes, census.first_stray);
  absl::StatusOr<std::string> text = Convert("gb18030", bytes, &broken_at);
  if (!text.ok() && census.first_stray > broken_at) return BrokenAt(bytes, census.first_stray);
  return text;
}

}  // namespace jinhuan::table
