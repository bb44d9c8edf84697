#include "alliance-svc/domain/bootstrap_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/role_rules.h"

namespace jinhuan::alliance {
namespace {

// The account of a line; what is wrong with it in `violations`.
BootstrapAccount ParseLine(const std::string& line, const PasswordPolicy& policy,
                           Violations& violations) {
  BootstrapAccount account;
  std::string role;
  std::istringstream fields(line);
  fields >> account.login >> account.password >> role >> std::ws;
  std::getline(fields, account.display_name);
  violations.Check("role",
                   auth::v1::Role_Parse(role, &account.role) && IsAdministrator(account.role),
                   "one of the three administrators", "三员之一");
  v1::User user;
  user.set_login(account.login);
  user.set_display_name(account.display_name);
  CheckUser(user, "", violations);
  policy.Check("password", account.password, account.login, violations);
  return account;
}

}  // namespace

absl::StatusOr<std::vector<BootstrapAccount>> ParseBootstrapFile(std::string_view text,
                                                                 const PasswordPolicy& policy) {
  std::vector<BootstrapAccount> accounts;
  std::istringstream lines{std::string(text)};
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    Violations violations;
    BootstrapAccount account = ParseLine(line, policy, violations);
    const bool again = std::any_of(accounts.begin(), accounts.end(), [&](const auto& other) {
      return other.login == account.login || other.role == account.role;
    });
    violations.Check("login and role", !again, "given once", "不重复");
    if (!violations.empty()) {
      return absl::InvalidArgumentError(
          fmt::format("line {}: {}", number, std::string(violations.ToStatus().message())));
    }
    accounts.push_back(std::move(account));
  }
  return accounts;
}

}  // namespace jinhuan::alliance
