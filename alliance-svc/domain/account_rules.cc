#include "alliance-svc/domain/account_rules.h"

#include <algorithm>

#include "alliance-svc/domain/phone.h"
#include "alliance-svc/domain/service_scopes.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"

namespace jinhuan::alliance {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool IsLogin(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '.' || c == '_' || c == '-';
         });
}

void CheckUser(const v1::User& user, std::string_view known_phone, Violations& violations) {
  if (violations.Require("user.login", !user.login().empty())) {
    violations.Check("user.login", IsLogin(user.login()), "2 to 64 of a-z, 0-9, '.', '_' and '-'",
                     "2 至 64 个小写字母、数字、“.”、“_”或“-”");
  }
  CheckLine("user.display_name", user.display_name(), 1, 40, violations);
  if (!user.phone().empty() && user.phone() != known_phone && !IsPhone(user.phone())) {
    violations.Add("user.phone", v1::ERROR_REASON_PHONE_INVALID);
  }
}

void CheckServiceAccount(const v1::ServiceAccount& account, Violations& violations) {
  CheckLine("service_account.display_name", account.display_name(), 1, 40, violations);
  CheckScopes("service_account.scopes", account.scopes(), violations);
  CheckCertificateName("service_account.certificate_name", account.certificate_name(), violations);
}

void CheckCertificateName(std::string_view field, std::string_view name, Violations& violations) {
  bool good = name.size() <= 253;
  char before = '.';
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    good = good && (letter || (before != '.' && (c == '-' || (c == '.' && before != '-'))));
    before = c;
  }
  good = good && (name.empty() || (before != '.' && before != '-'));
  violations.Check(field, good, "a DNS name in lower case", "小写的 DNS 名称");
}

void CheckReason(std::string_view reason, Violations& violations) {
  violations.CheckText("reason", reason, 1, 200);
}

void CheckLine(std::string_view field, std::string_view text, size_t min, size_t max,
               Violations& violations) {
  if (!violations.CheckText(field, text, min, max)) return;
  violations.Check(field, text.find_first_of("\n\r\t") == std::string_view::npos, "one line",
                   "单行文本");
}

}  // namespace jinhuan::alliance
