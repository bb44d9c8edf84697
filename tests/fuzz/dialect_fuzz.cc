// Messages in envelopes, as Connect's streams and gRPC-Web send them: a content type, a
// coding, a timeout, and the body.
#include "gateway/dialect.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  gateway::http::Request request;
  const std::string type(TakeLine(input));
  const std::string coding(TakeLine(input));
  const std::string timeout(TakeLine(input));
  request.headers = {{"content-type", type},
                     {"connect-content-encoding", coding},
                     {"grpc-encoding", coding},
                     {"connect-timeout-ms", timeout},
                     {"grpc-timeout", timeout}};
  request.body = input;
  const auto dialect = gateway::Dialect::Of(request);
  if (!dialect.has_value()) return;
  const auto wait = dialect->Timeout(request);
  Require(!wait.ok() || !wait->has_value() || **wait >= absl::ZeroDuration());
  const auto message =
      dialect->ReadOnly(*resource::v1::CreateBookingRequest::descriptor(), request);
  Require(!message.ok() || resource::v1::CreateBookingRequest().ParseFromString(*message));
}

}  // namespace jinhuan::fuzz
