#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jinhuan::journal::tree {

// Signed notes (c2sp.org/signed-note): a text, and lines that sign it, of which
// each names its key. Errors here are INVALID_ARGUMENT without a reason.

// One signature line, `— name base64(key id ‖ bytes)`.
struct Signature {
  std::string name;
  std::string key_id;  // 4 bytes
  std::string bytes;
  bool operator==(const Signature&) const = default;
};
absl::StatusOr<Signature> ParseSignature(std::string_view line);  // without its line end
std::string Format(const Signature& signature);                   // with it

struct Note {
  std::string text;  // ends with a line end
  std::vector<Signature> signatures;
};
// Takes notes of at most 64 KiB and 100 signatures.
absl::StatusOr<Note> ParseNote(std::string_view note);
std::string Format(const Note& note);

// What a key signs, by its type byte: a log the text; a witness the time and the
// text (c2sp.org/tlog-cosignature, cosignature/v1).
enum class KeyType : unsigned char { kLog = 1, kWitness = 4 };

// A named Ed25519 public key. Immutable, so thread-safe.
class PublicKey {
 public:
  // From the text form, `name+key id in hex+base64(type ‖ key)`.
  static absl::StatusOr<PublicKey> Parse(std::string_view text);
  std::string text() const;

  const std::string& name() const { return name_; }
  const std::string& id() const { return id_; }
  KeyType type() const { return type_; }

  // Whether the line names this key; an unknown line is not a wrong one.
  bool Made(const Signature& signature) const;
  // Whether the line is this key's signature of `text`. Any bytes may be passed.
  bool Verify(std::string_view text, const Signature& signature) const;

 private:
  friend class PrivateKey;
  PublicKey(KeyType type, std::string name, std::string key);

  KeyType type_;
  std::string name_;
  std::string key_;
  std::string id_;
};

// The witness keys of a file: one in text form a line; empty lines and those that
// begin with # are passed over. INVALID_ARGUMENT for a line that is no witness key.
absl::StatusOr<std::vector<PublicKey>> ParseWitnessKeys(std::string_view content);

// When a witness signed, as seconds of Unix time; nothing where the line can't be
// a cosignature.
std::optional<int64_t> CosignatureTime(const Signature& signature);

// A named Ed25519 private key. Immutable, so thread-safe.
class PrivateKey {
 public:
  // `name` is 1 to 200 printable ASCII characters without blank and `+`; the seed
  // is 64 hex digits.
  static absl::StatusOr<PrivateKey> FromSeed(KeyType type, std::string name,
                                             const std::string& seed_hex);

  // Signs `text`; a witness signs at `unix_seconds`.
  Signature Sign(std::string_view text, int64_t unix_seconds = 0) const;
  const PublicKey& public_key() const { return public_key_; }

 private:
  PrivateKey(PublicKey public_key, std::string secret)
      : public_key_(std::move(public_key)), secret_(std::move(secret)) {}

  PublicKey public_key_;
  std::string secret_;
};

}  // namespace jinhuan::journal::tree
