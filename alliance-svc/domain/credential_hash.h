#pragma once

#include <string>
#include <string_view>

namespace jinhuan::alliance {

// What is stored of a session token, bearer token or client secret: its SHA-256
// as 64 lower-case hex digits. A fast hash is enough here, unlike for passwords:
// each of these is 256 random bits, which nobody can try out.
std::string CredentialHash(std::string_view credential);

}  // namespace jinhuan::alliance
