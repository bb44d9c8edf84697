#pragma once

#include <string>
#include <string_view>

namespace jinhuan::gateway {

// Whether `text` is a UUID in its 36-character lower-case text form: what the
// gateway accepts as a request id from outside.
bool IsUuid(std::string_view text);

// Whether `text` is a traceparent of version 00 (W3C Trace Context, section 3.2).
bool IsTraceparent(std::string_view text);

// Whether `text` may be passed on as a tracestate: printable ASCII, and no more than the 512
// characters that must be passed on (W3C Trace Context, section 3.3.1.1).
bool IsTracestate(std::string_view text);

// A traceparent that begins a trace, with random ids, sampled.
std::string NewTraceparent();

}  // namespace jinhuan::gateway
