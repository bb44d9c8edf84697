#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "jinhuan/auth/v1/credential_service.pb.h"
#include "platform/clock.h"
#include "platform/rpc/caller_token.h"

namespace jinhuan::gateway {

// Turns credentials (session tokens of browsers, bearer tokens and client certificates of
// systems) into caller tokens for services. What alliance-svc says of a credential is believed
// for `fresh`, so that a revoked one stops working within five seconds, in streams too; while
// alliance-svc can't be asked, for `stale`: nothing can be revoked meanwhile, and
// the other services go on for those who are signed in. Then one call waits for the answer that
// does not come; for `trouble` after it others are told what is known, and the question is asked
// beside them. Thread-safe.
class Sessions {
 public:
  using Answer = absl::StatusOr<auth::v1::ResolveCredentialResponse>;
  // Asks alliance-svc, and gives the answer to `done` once, from any thread.
  using Resolve = std::function<void(const auth::v1::ResolveCredentialRequest& request,
                                     std::function<void(Answer)> done)>;

  struct Options {
    absl::Duration fresh = absl::Milliseconds(3500);
    absl::Duration stale = absl::Seconds(60);
    absl::Duration retry = absl::Seconds(1);    // between questions while there is no answer
    absl::Duration trouble = absl::Seconds(5);  // no longer than a revoked credential may work
    size_t max_entries = 20000;                 // the longest unused goes first
  };

  Sessions(Resolve resolve, const rpc::CallerTokenSigner& signer, const Clock& clock,
           Options options);
  // Waits for the answers that are under way.
  ~Sessions();

  // Gives `done` a caller token for `audience`, at once or, when alliance-svc must
  // be asked, from another thread; calls that ask for one credential at a time
  // share the question. `certificate_names`: those in what the client showed, which tell
  // who it is where `credential` is empty. UNAUTHENTICATED / SIGN_IN_REQUIRED when the
  // credential is not good, CLIENT_CERTIFICATE_REQUIRED when it is bound to a certificate
  // with none of these names; UNAVAILABLE / UNAVAILABLE when that can't be learnt.
  using Done = std::function<void(absl::StatusOr<std::string>)>;
  void TokenFor(const std::string& credential, const std::vector<std::string>& certificate_names,
                const std::string& audience, Done done);

  // Forgets what is believed of the credential with this key.
  void Evict(const std::string& key);

  // The key of a credential: its SHA-256 in hex, which also names the credential to
  // services and in the journal.
  static std::string KeyOf(std::string_view credential);
  // The key of what a client shows, a credential or else a certificate; "" for nothing.
  static std::string KeyOf(const std::string& credential,
                           const std::vector<std::string>& certificate_names);

 private:
  struct Token {
    std::string bytes;
    absl::Time expire;
  };
  struct Waiter {
    std::vector<std::string> certificate_names;
    std::string audience;
    Done done;
  };
  // What is known of a credential.
  struct Entry {
    bool known = false;  // `caller`: who it belongs to
    bool refused = false;
    auth::v1::Caller caller;
    std::string certificate_name;  // empty: the credential is bound to none
    absl::Time expire = absl::InfiniteFuture();
    absl::Time as_of = absl::InfinitePast();      // when the question was asked
    absl::Time failed_at = absl::InfinitePast();  // when the last question was left unanswered
    bool asking = false;
    std::vector<Waiter> waiters;
    std::map<std::string, Token> tokens;  // by audience
    std::list<std::string>::iterator used;
  };
  using EntryPtr = std::shared_ptr<Entry>;

  EntryPtr Touch(const std::string& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Erase(const std::string& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Fresh(const Entry& entry, absl::Time now) const;
  bool Usable(const Entry& entry, absl::Time now) const;
  absl::StatusOr<std::string> Tell(Entry& entry, const std::vector<std::string>& certificate_names,
                                   const std::string& audience, absl::Time now) const;
  void Learn(const std::string& key, const EntryPtr& entry, absl::Time asked, Answer answer);

  const Resolve resolve_;
  const rpc::CallerTokenSigner& signer_;
  const Clock& clock_;
  const Options options_;
  absl::Mutex mutex_;
  int asking_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, EntryPtr> entries_ ABSL_GUARDED_BY(mutex_);
  std::list<std::string> by_use_ ABSL_GUARDED_BY(mutex_);  // the last used first
};

}  // namespace jinhuan::gateway
