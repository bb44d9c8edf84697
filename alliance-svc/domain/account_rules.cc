#include "alliance-svc/domain/account_rules.h"

#include <algorithm>

#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/text/utf8.h"

namespace jinhuan::alliance {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A letter of any script counts: every byte beyond ASCII is part of one here.
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool IsLogin(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '.' || c == '_' || c == '-';
         });
}

void CheckPassword(std::string_view field, std::string_view password, Violations& violations) {
  if (!violations.Require(field, !password.empty())) return;
  const char* broken = nullptr;
  const int length = CodePoints(password);
  if (length < 0 || length > 128) {
    broken = "at most 128 characters of UTF-8";
  } else if (length < 10) {
    broken = "at least 10 characters";
  } else if (std::none_of(password.begin(), password.end(), IsLetter)) {
    broken = "a letter";
  } else if (std::none_of(password.begin(), password.end(), IsDigit)) {
    broken = "a digit";
  }
  if (broken != nullptr) {
    violations.Add(field, v1::ERROR_REASON_PASSWORD_WEAK, {{"rule", broken}});
  }
}

void CheckUser(const v1::User& user, Violations& violations) {
  if (violations.Require("user.login", !user.login().empty())) {
    violations.Check("user.login", IsLogin(user.login()), "2 to 64 of a-z, 0-9, '.', '_' and '-'",
                     "2 至 64 个小写字母、数字、“.”、“_”或“-”");
  }
  CheckLine("user.display_name", user.display_name(), 1, 40, violations);
}

void CheckServiceAccount(const v1::ServiceAccount& account, Violations& violations) {
  CheckLine("service_account.display_name", account.display_name(), 1, 40, violations);
}

void CheckReason(std::string_view reason, Violations& violations) {
  if (!violations.Require("reason", reason.find_first_not_of(" \n") != std::string_view::npos)) {
    return;
  }
  violations.CheckText("reason", reason, 1, 200);
}

void CheckLine(std::string_view field, std::string_view text, size_t min, size_t max,
               Violations& violations) {
  if (min > 0 &&
      !violations.Require(field, text.find_first_not_of(' ') != std::string_view::npos)) {
    return;
  }
  if (!violations.CheckText(field, text, min, max)) return;
  violations.Check(field, text.find('\n') == std::string_view::npos, "one line", "单行文本");
}

}  // namespace jinhuan::alliance
