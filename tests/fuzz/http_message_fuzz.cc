// Percent-encoding, query strings, cookies and Accept-Encoding, and the lines of a request.
#include "gateway/http/message.h"
#include "gateway/http/wire.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const std::string_view name = TakeLine(input);
  for (const bool form : {false, true}) {
    const auto decoded = gateway::http::PercentDecode(input, form);
    Require(!decoded.has_value() || decoded->size() <= input.size());
  }
  gateway::http::QueryParameter(input, name);
  Require(gateway::http::Cookie(input, name).size() <= input.size());
  gateway::http::AcceptsCoding(input, name);
  std::vector<gateway::http::Header> headers;
  while (!input.empty()) gateway::http::AddHeader(name, TakeLine(input), headers);
  Require(headers.size() <= 1);
}

}  // namespace jinhuan::fuzz
