#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/message.h"

namespace jinhuan::gateway::http {

// Adds a header field as it came: the name in lower case, and a repeated one
// joined to the first.
void AddHeader(std::string_view name, std::string_view value, std::vector<Header>& headers);

// The status line and headers of an answer, with Content-Length (or, for a body that
// comes in pieces, Transfer-Encoding), Date and Connection, up to and with the empty
// line.
std::string ResponseHead(const Response& response, bool keep_alive);

// A piece of a chunked body (RFC 9112, section 7.1), and its end.
std::string Chunk(std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace jinhuan::gateway::http
