#include "alliance-svc/domain/application_receipt.h"

#include <algorithm>

#include "alliance-svc/domain/credential_hash.h"

namespace jinhuan::alliance {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// 0 to 63, from two hex digits.
size_t PadAt(std::string_view hex, size_t index) {
  return std::stoul(std::string(hex.substr(2 * index, 2)), nullptr, 16) % kAlphabet.size();
}

}  // namespace

std::string VeilReceipt(std::string_view receipt, std::string_view request_id) {
  if (request_id.empty()) return std::string(receipt);
  const std::string pad = CredentialHash("receipt veil " + std::string(request_id));
  std::string veiled;
  for (const char c : receipt.substr(0, pad.size() / 2)) {
    veiled += kAlphabet[kAlphabet.find(c) ^ PadAt(pad, veiled.size())];
  }
  return veiled;
}

std::string HiddenRequestId(std::string_view request_id) {
  const bool valid = !request_id.empty() && request_id.size() <= 64 &&
                     std::all_of(request_id.begin(), request_id.end(),
                                 [](char c) { return c > 0x20 && c < 0x7F; });
  return valid ? CredentialHash("request id " + std::string(request_id)) : std::string(request_id);
}

}  // namespace jinhuan::alliance
