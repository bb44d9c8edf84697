#include "alliance-svc/domain/personal_data.h"

#include <gtest/gtest.h>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace jinhuan::alliance {
namespace {

google::protobuf::Struct Parsed(const PersonalData& data) {
  google::protobuf::Struct json;
  const auto status = google::protobuf::util::JsonStringToMessage(PersonalDataJson(data), &json);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << PersonalDataJson(data);
  return json;
}

TEST(PersonalData, IsJsonOfAccountSessionsAndLink) {
  PersonalData data;
  data.user.set_name("users/u1");
  data.user.set_display_name("“党建”\n专员");
  data.user.set_phone("13812341234");
  data.user.add_grants()->set_role(auth::v1::ROLE_STREET_ADMIN);
  EXPECT_EQ(Parsed(data).fields_size(), 2);
  EXPECT_EQ(Parsed(data).fields().at("sessions").list_value().values_size(), 0);

  for (const char* address : {"192.0.2.1", "192.0.2.2"}) {
    data.sessions.emplace_back().set_address(address);
  }
  data.calendar_link.emplace().set_name("users/u1/calendarLink");
  data.sign_on_link.emplace().set_name("users/u1/signOnLink");
  const auto json = Parsed(data);
  const auto& account = json.fields().at("account").struct_value().fields();
  EXPECT_EQ(account.at("displayName").string_value(), data.user.display_name());
  EXPECT_EQ(account.at("phone").string_value(), "13812341234");
  EXPECT_EQ(account.at("grants").list_value().values_size(), 1);
  const auto& sessions = json.fields().at("sessions").list_value();
  ASSERT_EQ(sessions.values_size(), 2);
  EXPECT_EQ(sessions.values(1).struct_value().fields().at("address").string_value(), "192.0.2.2");
  EXPECT_TRUE(json.fields().contains("calendarLink"));
  EXPECT_TRUE(json.fields().contains("signOnLink"));
}

}  // namespace
}  // namespace jinhuan::alliance
