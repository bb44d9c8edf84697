#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/message.h"

namespace jinhuan::gateway::http {

// Adds a header field as it came: the name in lower case, and a repeated one
// joined to the first.
void AddHeader(std::string_view name, std::string_view value, std::vector<Header>& headers);

// The status line and headers of an answer, with Content-Length, Date and
// Connection, up to and with the empty line.
std::string ResponseHead(const Response& response, bool keep_alive);

}  // namespace jinhuan::gateway::http
