#include "resource-svc/domain/plate.h"

#include <algorithm>

#include "platform/text/utf8.h"

namespace jinhuan::resource {
namespace {

constexpr std::u32string_view kProvinces =
    U"京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
constexpr std::u32string_view kPurposes = U"挂学警领";
constexpr std::u32string_view kBorderPurposes = U"港澳";
constexpr std::u32string_view kNewEnergyKinds = U"ABCDEFGHJK";
// What people put between the parts: U+00B7, U+2022, U+30FB, U+3000 among them.
constexpr std::u32string_view kSeparators = U" .-\u00B7\u2022\u30FB\u3000";

bool In(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }
bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsLetter(char32_t c) { return c >= U'A' && c <= U'Z' && c != U'I' && c != U'O'; }
bool IsSerial(char32_t c) { return IsDigit(c) || IsLetter(c); }

template <class Predicate>
bool All(std::u32string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool IsOrdinarySerial(std::u32string_view office, std::u32string_view serial) {
  if (!All(serial.substr(0, 4), IsSerial)) return false;
  const char32_t last = serial[4];
  return IsSerial(last) || In(kPurposes, last) || (office == U"粤Z" && In(kBorderPurposes, last));
}

bool IsNewEnergySerial(std::u32string_view serial) {
  const bool small =
      In(kNewEnergyKinds, serial[0]) && IsSerial(serial[1]) && All(serial.substr(2), IsDigit);
  const bool large = All(serial.substr(0, 5), IsDigit) && In(kNewEnergyKinds, serial[5]);
  return small || large;
}

}  // namespace

std::optional<std::string> NormalisePlate(std::string_view text) {
  const std::optional<std::u32string> decoded = DecodeUtf8(text);
  if (!decoded.has_value()) return std::nullopt;
  std::u32string plate;
  for (const char32_t c : *decoded) {
    if (!In(kSeparators, c)) plate += c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c;
  }
  if (plate.size() < 7 || plate.size() > 8) return std::nullopt;
  const std::u32string_view office = std::u32string_view(plate).substr(0, 2);
  const std::u32string_view serial = std::u32string_view(plate).substr(2);
  if (!In(kProvinces, office[0]) || !IsLetter(office[1])) return std::nullopt;
  const bool valid =
      serial.size() == 5 ? IsOrdinarySerial(office, serial) : IsNewEnergySerial(serial);
  if (!valid) return std::nullopt;
  std::string normal;
  for (const char32_t c : plate) AppendUtf8(c, normal);
  return normal;
}

}  // namespace jinhuan::resource
