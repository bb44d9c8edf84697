// Connect's unary requests: a query for GET; a coding and a body for POST; a timeout.
#include "gateway/connect_request.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  gateway::http::Request get;
  get.query = input;
  if (const auto read = gateway::ReadGet(get); read.ok()) {
    Require(read->message.size() <= gateway::kMaxBodyBytes);
  }
  const auto timeout = gateway::ReadTimeout(input);
  Require(!timeout.ok() || !timeout->has_value() || **timeout >= absl::ZeroDuration());
  bool json = false;
  Require(!gateway::IsConnectContent(input, json) || !gateway::MediaType(input).empty());
  gateway::http::Request post;
  post.headers = {{"content-encoding", std::string(TakeLine(input))}};
  post.body = input;
  if (const auto read = gateway::ReadPost(post, true); read.ok()) {
    Require(read->message.size() <= gateway::kMaxBodyBytes);
  }
}

}  // namespace jinhuan::fuzz
