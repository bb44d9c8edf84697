#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jinhuan/alliance/v1/auth_service.pb.h"
#include "jinhuan/alliance/v1/calendar_service.pb.h"
#include "jinhuan/alliance/v1/sign_on_service.pb.h"
#include "jinhuan/alliance/v1/user_service.pb.h"

namespace jinhuan::alliance {

// Everything that is kept of a person.
struct PersonalData {
  v1::User user;  // with the phone in full
  std::vector<v1::SessionInfo> sessions;
  std::optional<v1::CalendarLink> calendar_link;
  std::optional<v1::SignOnLink> sign_on_link;
};

// As a JSON object, UTF-8, for people to read: `account`, `sessions` and, where there
// is one, `calendarLink` and `signOnLink`, each as the API shows it.
std::string PersonalDataJson(const PersonalData& data);

}  // namespace jinhuan::alliance
