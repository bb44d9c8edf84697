// JSON messages: the name of a type, and a message of it, as JSON and as bytes.
#include "gateway/codec.h"
#include "jinhuan/alliance/v1/member_service.pb.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "platform/text/utf8.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {
namespace {

const google::protobuf::Descriptor& TypeOf(std::string_view name) {
  if (name == "meeting") return *meeting::v1::CreateMeetingRequest::descriptor();
  if (name == "member") return *alliance::v1::UpdateMemberRequest::descriptor();
  return *resource::v1::CreateBookingRequest::descriptor();
}

}  // namespace

void Check(std::string_view input) {
  const auto& type = TypeOf(TakeLine(input));
  const auto binary = gateway::codec::FromJson(type, input);
  if (binary.ok()) {
    Require(gateway::codec::CheckBinary(type, *binary).ok());
    const auto json = gateway::codec::ToJson(type, *binary);
    Require(!json.ok() || *gateway::codec::FromJson(type, *json) == *binary);
  } else {
    // The answer quotes it.
    Require(CodePoints(std::string(binary.status().message())) >= 0);
  }
  if (gateway::codec::CheckBinary(type, std::string(input)).ok()) {
    (void)gateway::codec::ToJson(type, std::string(input));
  }
}

}  // namespace jinhuan::fuzz
