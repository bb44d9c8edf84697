#include "gateway/session.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/str_join.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/api/time.h"
#include "platform/log.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

// A caller token is used again while it is good for longer than this, so that it
// does not end on its way.
constexpr absl::Duration kLeast = absl::Seconds(20);

// What a credential looks like (RFC 6750, section 2.1); anything else is not
// worth a question.
bool LooksLikeCredential(std::string_view text) {
  return text.size() >= 16 && text.size() <= 512 &&
         text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=") ==
             std::string_view::npos;
}

absl::Status SignInRequired() { return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED); }

}  // namespace

Sessions::Sessions(Resolve resolve, const rpc::CallerTokenSigner& signer, const Clock& clock,
                   Options options)
    : resolve_(std::move(resolve)), signer_(signer), clock_(clock), options_(options) {}

Sessions::~Sessions() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](int* asking) { return *asking == 0; }, &asking_));
}

std::string Sessions::KeyOf(std::string_view credential) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(credential.data()),
                     credential.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

// No credential has a space in it.
std::string Sessions::KeyOf(const std::string& credential,
                            const std::vector<std::string>& certificate_names) {
  if (!credential.empty()) return KeyOf(credential);
  if (certificate_names.empty()) return "";
  return KeyOf("certificate of " + absl::StrJoin(certificate_names, " "));
}

void Sessions::TokenFor(const std::string& credential,
                        const std::vector<std::string>& certificate_names,
                        const std::string& audience, Done done) {
  const bool by_certificate = credential.empty() && !certificate_names.empty();
  if (!by_certificate && !LooksLikeCredential(credential)) return done(SignInRequired());
  const std::string key = KeyOf(credential, certificate_names);
  const absl::Time now = clock_.Now();
  EntryPtr entry;
  std::optional<absl::StatusOr<std::string>> known;
  bool asks = false;
  {
    absl::MutexLock lock(&mutex_);
    entry = Touch(key);
    if (Usable(*entry, now)) {
      known = Tell(*entry, certificate_names, audience, now);
    } else {
      entry->waiters.push_back({certificate_names, audience, std::move(done)});
    }
    const bool due =
        !known.has_value() || (!Fresh(*entry, now) && now - entry->failed_at >= options_.retry);
    asks = due && !std::exchange(entry->asking, true);
    asking_ += asks ? 1 : 0;
  }
  if (asks) {
    auth::v1::ResolveCredentialRequest request;
    request.set_credential(credential);
    if (by_certificate) {
      request.mutable_certificate_names()->Assign(certificate_names.begin(),
                                                  certificate_names.end());
    }
    resolve_(request,
             [this, key, entry, now](Answer answer) { Learn(key, entry, now, std::move(answer)); });
  }
  // Last: whose the credential and the names are may be gone then.
  if (known.has_value()) done(*std::move(known));
}

bool Sessions::Fresh(const Entry& entry, absl::Time now) const {
  return now - entry.as_of < options_.fresh;
}

bool Sessions::Usable(const Entry& entry, absl::Time now) const {
  if (!entry.known && !entry.refused) return false;
  if (Fresh(entry, now)) return true;
  return entry.known && now - entry.failed_at < options_.trouble &&
         now - entry.as_of < options_.stale;
}

absl::StatusOr<std::string> Sessions::Tell(Entry& entry,
                                           const std::vector<std::string>& certificate_names,
                                           const std::string& audience, absl::Time now) const {
  if (entry.refused || entry.expire <= now) return SignInRequired();
  if (!entry.certificate_name.empty() &&
      std::find(certificate_names.begin(), certificate_names.end(), entry.certificate_name) ==
          certificate_names.end()) {
    return Error(alliance::v1::ERROR_REASON_CLIENT_CERTIFICATE_REQUIRED);
  }
  Token& token = entry.tokens[audience];
  const bool lasts = token.expire - now > kLeast || token.expire == entry.expire;
  if (token.bytes.empty() || !lasts) {
    token.bytes = signer_.Sign(entry.caller, audience, now, entry.expire);
    token.expire = std::min(now + rpc::kCallerTokenLife, entry.expire);
  }
  return token.bytes;
}

void Sessions::Learn(const std::string& key, const EntryPtr& entry, absl::Time asked,
                     Answer answer) {
  std::vector<std::pair<Done, absl::StatusOr<std::string>>> answers;
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = clock_.Now();
    entry->asking = false;
    entry->failed_at = absl::InfinitePast();
    if (answer.ok()) {
      if (answer->caller().SerializeAsString() != entry->caller.SerializeAsString()) {
        entry->tokens.clear();
      }
      entry->known = true;
      entry->refused = false;
      entry->caller = std::move(*answer->mutable_caller());
      entry->certificate_name = answer->certificate_name();
      entry->expire = answer->has_expire_time() ? api::FromProto(answer->expire_time())
                                                : absl::InfiniteFuture();
      entry->as_of = asked;
    } else if (absl::IsUnauthenticated(answer.status())) {
      entry->known = false;
      entry->refused = true;
      entry->tokens.clear();
      entry->as_of = asked;
    } else {
      log::Warning("credential not resolved",
                   {{"code", absl::StatusCodeToString(answer.status().code())}});
      entry->failed_at = now;
    }
    const bool usable =
        answer.ok() || absl::IsUnauthenticated(answer.status()) || Usable(*entry, now);
    for (Waiter& waiter : entry->waiters) {
      answers.emplace_back(std::move(waiter.done),
                           usable ? Tell(*entry, waiter.certificate_names, waiter.audience, now)
                                  : Error(error::v1::COMMON_REASON_UNAVAILABLE));
    }
    entry->waiters.clear();
    const auto held = entries_.find(key);
    if (!usable && held != entries_.end() && held->second == entry) Erase(key);
  }
  for (auto& [done, token] : answers) done(std::move(token));
  // Last: the destructor may run once this is 0.
  absl::MutexLock lock(&mutex_);
  --asking_;
}

Sessions::EntryPtr Sessions::Touch(const std::string& key) {
  const auto found = entries_.find(key);
  if (found != entries_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second->used);
    return found->second;
  }
  while (entries_.size() >= options_.max_entries) Erase(std::string(by_use_.back()));
  auto entry = std::make_shared<Entry>();
  by_use_.push_front(key);
  entry->used = by_use_.begin();
  entries_.emplace(key, entry);
  return entry;
}

void Sessions::Erase(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  by_use_.erase(found->second->used);
  entries_.erase(found);
}

void Sessions::Evict(const std::string& key) {
  absl::MutexLock lock(&mutex_);
  Erase(key);
}

}  // namespace jinhuan::gateway
