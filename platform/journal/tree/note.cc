#include "platform/journal/tree/note.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <set>

#include "platform/journal/tree/base64.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal::tree {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr size_t kMaxNote = 64 << 10;
constexpr size_t kMaxSignatures = 100;
constexpr size_t kMaxName = 200;
constexpr size_t kIdBytes = 4;
constexpr size_t kTimeBytes = 8;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Narrower than the notes' rule, which lets any character but blanks and + in.
bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return c > ' ' && c < 127 && c != '+'; });
}

// The first part of the SHA-256 of name, line end, type and key: what notes name
// keys by, whatever the tree hashes with.
std::string IdOf(KeyType type, const std::string& name, const std::string& key) {
  const std::string named = name + "\n" + static_cast<char>(type) + key;
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), Bytes(named), named.size());
  return hash.substr(0, kIdBytes);
}

std::string HexOf(std::string_view bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), Bytes(bytes), bytes.size());
  hex.pop_back();
  return hex;
}

// What a witness signs.
std::string CosignedMessage(int64_t unix_seconds, std::string_view text) {
  return fmt::format("cosignature/v1\ntime {}\n{}", unix_seconds, text);
}

}  // namespace

absl::StatusOr<Signature> ParseSignature(std::string_view line) {
  const absl::Status malformed = absl::InvalidArgumentError("not a signature line");
  if (!line.starts_with(kDash)) return malformed;
  line.remove_prefix(kDash.size());
  const size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !IsName(line.substr(0, blank))) return malformed;
  const std::optional<std::string> bytes = FromBase64(line.substr(blank + 1));
  if (!bytes.has_value() || bytes->size() <= kIdBytes) return malformed;
  return Signature{.name = std::string(line.substr(0, blank)),
                   .key_id = bytes->substr(0, kIdBytes),
                   .bytes = bytes->substr(kIdBytes)};
}

std::string Format(const Signature& signature) {
  return fmt::format("{}{} {}\n", kDash, signature.name,
                     ToBase64(signature.key_id + signature.bytes));
}

absl::StatusOr<Note> ParseNote(std::string_view note) {
  const absl::Status malformed = absl::InvalidArgumentError("not a signed note");
  const size_t end = note.rfind("\n\n");
  if (note.size() > kMaxNote || end == std::string_view::npos || !note.ends_with('\n')) {
    return malformed;
  }
  Note result{.text = std::string(note.substr(0, end + 1)), .signatures = {}};
  for (std::string_view lines = note.substr(end + 2); !lines.empty();) {
    const size_t length = lines.find('\n');
    JH_ASSIGN_OR_RETURN(Signature signature, ParseSignature(lines.substr(0, length)));
    result.signatures.push_back(std::move(signature));
    lines.remove_prefix(length + 1);
  }
  if (result.signatures.empty() || result.signatures.size() > kMaxSignatures) return malformed;
  return result;
}

std::string Format(const Note& note) {
  std::string result = note.text + "\n";
  for (const Signature& signature : note.signatures) result += Format(signature);
  return result;
}

PublicKey::PublicKey(KeyType type, std::string name, std::string key)
    : type_(type), name_(std::move(name)), key_(std::move(key)), id_(IdOf(type_, name_, key_)) {}

absl::StatusOr<PublicKey> PublicKey::Parse(std::string_view text) {
  const absl::Status malformed = absl::InvalidArgumentError("not a public key of notes");
  const size_t first = text.find('+');
  const size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !IsName(text.substr(0, first))) return malformed;
  const std::optional<std::string> bytes = FromBase64(text.substr(second + 1));
  if (!bytes.has_value() || bytes->size() != 1 + crypto_sign_PUBLICKEYBYTES) return malformed;
  const auto type = static_cast<KeyType>(bytes->front());
  if (type != KeyType::kLog && type != KeyType::kWitness) return malformed;
  PublicKey key(type, std::string(text.substr(0, first)), bytes->substr(1));
  if (HexOf(key.id_) != text.substr(first + 1, second - first - 1)) return malformed;
  return key;
}

std::string PublicKey::text() const {
  return fmt::format("{}+{}+{}", name_, HexOf(id_), ToBase64(static_cast<char>(type_) + key_));
}

bool PublicKey::Made(const Signature& signature) const {
  return signature.name == name_ && signature.key_id == id_;
}

bool PublicKey::Verify(std::string_view text, const Signature& signature) const {
  if (!Made(signature)) return false;
  std::string message(text);
  std::string_view bytes = signature.bytes;
  if (type_ == KeyType::kWitness) {
    const std::optional<int64_t> time = CosignatureTime(signature);
    if (!time.has_value()) return false;
    message = CosignedMessage(*time, text);
    bytes.remove_prefix(kTimeBytes);
  }
  return bytes.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Bytes(bytes), Bytes(message), message.size(), Bytes(key_)) ==
             0;
}

absl::StatusOr<std::vector<PublicKey>> ParseWitnessKeys(std::string_view content) {
  std::vector<PublicKey> keys;
  std::set<std::string_view> seen;
  while (!content.empty()) {
    std::string_view line = content.substr(0, content.find('\n'));
    content.remove_prefix(std::min(content.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    JH_ASSIGN_OR_RETURN(PublicKey key, PublicKey::Parse(line));
    if (key.type() != KeyType::kWitness) {
      return absl::InvalidArgumentError(fmt::format("{} is not the key of a witness", key.name()));
    }
    // The key itself, under whatever name: one witness does not count as two.
    if (!seen.insert(line.substr(line.find('+', line.find('+') + 1))).second) {
      return absl::InvalidArgumentError(fmt::format("{} is listed twice", key.name()));
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

std::optional<int64_t> CosignatureTime(const Signature& signature) {
  if (signature.bytes.size() != kTimeBytes + crypto_sign_BYTES) return std::nullopt;
  uint64_t time = 0;
  for (size_t i = 0; i < kTimeBytes; ++i) time = time << 8 | Bytes(signature.bytes)[i];
  if (time >> 62 != 0) return std::nullopt;
  return static_cast<int64_t>(time);
}

absl::StatusOr<PrivateKey> PrivateKey::FromSeed(KeyType type, std::string name,
                                                const std::string& seed_hex) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  size_t length = 0;
  if (seed_hex.size() != 2 * seed.size() ||
      sodium_hex2bin(seed.data(), seed.size(), seed_hex.data(), seed_hex.size(), nullptr, &length,
                     nullptr) != 0 ||
      length != seed.size()) {
    return absl::InvalidArgumentError("the key is not 64 hex digits");
  }
  if (!IsName(name)) return absl::InvalidArgumentError("not a name of a key");
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                           reinterpret_cast<unsigned char*>(secret.data()), seed.data());
  return PrivateKey(PublicKey(type, std::move(name), std::move(public_key)), std::move(secret));
}

Signature PrivateKey::Sign(std::string_view text, int64_t unix_seconds) const {
  std::string message(text);
  std::string prefix;
  if (public_key_.type() == KeyType::kWitness) {
    message = CosignedMessage(unix_seconds, text);
    for (int shift = 56; shift >= 0; shift -= 8) {
      prefix += static_cast<char>(unix_seconds >> shift);
    }
  }
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, Bytes(message),
                       message.size(), Bytes(secret_));
  return {.name = public_key_.name(), .key_id = public_key_.id(), .bytes = prefix + signature};
}

}  // namespace jinhuan::journal::tree
