#include "alliance-svc/domain/password_policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "alliance-svc/domain/common_passwords.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/text/utf8.h"

namespace jinhuan::alliance {
namespace {

constexpr int kMaxLength = 128;
constexpr std::string_view kAsvs = "asvs";

v1::PasswordPolicy Mlps() {
  v1::PasswordPolicy policy;
  policy.set_profile("mlps");
  policy.set_min_length(10);
  policy.set_min_classes(3);
  policy.set_max_age_days(90);
  policy.set_history(5);
  policy.set_text(
      "至少 10 个字符，含小写字母、大写字母、数字、其他字符中的 3 类；每 90 天更换一次，"
      "不能与最近 5 次用过的相同。");
  policy.set_text_en(
      "At least 10 characters of 3 of these classes: lower case, upper case, digits, others. It "
      "must be changed every 90 days, and none of the last 5 may be used again.");
  return policy;
}

v1::PasswordPolicy Asvs() {
  v1::PasswordPolicy policy;
  policy.set_profile(std::string(kAsvs));
  policy.set_min_length(12);
  policy.set_text("至少 12 个字符，不能是常见密码，也不能只由用户名或“jinhuan”加数字组成。");
  policy.set_text_en(
      "At least 12 characters; no common password, and not the login or “jinhuan” with nothing but "
      "digits.");
  return policy;
}

// How many of the classes lower case, upper case, digits and others there are;
// letters without case (汉字) are others.
int Classes(std::string_view password) {
  bool lower = false;
  bool upper = false;
  bool digit = false;
  bool other = false;
  for (const char c : password) {
    if (c >= 'a' && c <= 'z') {
      lower = true;
    } else if (c >= 'A' && c <= 'Z') {
      upper = true;
    } else if (c >= '0' && c <= '9') {
      digit = true;
    } else {
      other = true;
    }
  }
  return lower + upper + digit + other;
}

}  // namespace

std::optional<PasswordPolicy> PasswordPolicy::Named(std::string_view profile) {
  for (v1::PasswordPolicy policy : {Mlps(), Asvs()}) {
    if (policy.profile() == profile) return PasswordPolicy(std::move(policy));
  }
  return std::nullopt;
}

absl::Duration PasswordPolicy::max_age() const {
  const int days = described_.max_age_days();
  return days == 0 ? absl::InfiniteDuration() : absl::Hours(24 * days);
}

void PasswordPolicy::Check(std::string_view field, std::string_view password,
                           std::string_view login, Violations& violations) const {
  if (!violations.Require(field, !password.empty())) return;
  const auto weak = [&](std::string rule, std::string rule_zh) {
    violations.Add(field, v1::ERROR_REASON_PASSWORD_WEAK,
                   {{"rule", std::move(rule)}, {"rule_zh", std::move(rule_zh)}});
  };
  const int length = CodePoints(password);
  if (length < 0 || length > kMaxLength) {
    weak(fmt::format("at most {} characters of UTF-8", kMaxLength),
         fmt::format("最多 {} 个字符", kMaxLength));
  } else if (length < described_.min_length()) {
    weak(fmt::format("at least {} characters", described_.min_length()),
         fmt::format("至少 {} 个字符", described_.min_length()));
  } else if (Classes(password) < described_.min_classes()) {
    weak(fmt::format("{} of lower case, upper case, digits and others", described_.min_classes()),
         fmt::format("须含小写字母、大写字母、数字、其他字符中的 {} 类", described_.min_classes()));
  } else if (described_.profile() == kAsvs && IsCommonPassword(password, login)) {
    weak("something that is not common and not the login", "不能使用常见密码或用户名");
  }
}

}  // namespace jinhuan::alliance
