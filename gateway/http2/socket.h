#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http2/descriptor.h"

namespace jinhuan::gateway::http2 {

// A socket that listens on host:port (IPv6 in brackets; port 0 picks one) and does not
// block. UNAVAILABLE when it can't.
absl::StatusOr<Descriptor> Listen(const std::string& address);
uint16_t PortOf(const Descriptor& listener);

// A connection to unix:PATH, unix-abstract:NAME or host:port (also dns:///host:port), that does
// not block. Waits for names and for the other side, `patience` at most for the latter.
// UNAVAILABLE when there is none.
absl::StatusOr<Descriptor> Connect(const std::string& target, absl::Duration patience);

// Whether a target of Connect is a unix socket.
bool IsUnix(const std::string& target);

// The host in a target of Connect; "localhost" for a unix socket.
std::string HostOf(const std::string& target);

// An address as text, an IPv4 one as such whatever the socket is.
std::string TextOf(const sockaddr_storage& address, socklen_t size);

}  // namespace jinhuan::gateway::http2
