#include "alliance-svc/domain/personal_data.h"

#include "google/protobuf/util/json_util.h"

namespace jinhuan::alliance {
namespace {

std::string Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  // Fails for Any alone, of which there is none here.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return "null";
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return json;
}

}  // namespace

std::string PersonalDataJson(const PersonalData& data) {
  std::string json = "{\n\"account\": " + Json(data.user) + ",\n\"sessions\": [";
  for (size_t i = 0; i < data.sessions.size(); ++i) {
    json += (i == 0 ? "\n" : ",\n") + Json(data.sessions[i]);
  }
  json += "]";
  if (data.calendar_link.has_value()) {
    json += ",\n\"calendarLink\": " + Json(*data.calendar_link);
  }
  if (data.sign_on_link.has_value()) json += ",\n\"signOnLink\": " + Json(*data.sign_on_link);
  return json + "\n}\n";
}

}  // namespace jinhuan::alliance
