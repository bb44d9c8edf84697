#pragma once

#include <utility>

#include "alliance-svc/domain/password_policy.h"
#include "alliance-svc/storage/credential_store.h"
#include "platform/api/time.h"

namespace jinhuan::alliance {

// A session as its person sees it.
inline v1::Session SessionOf(ResolvedCredential resolved, const PasswordPolicy& passwords) {
  v1::Session session;
  if (resolved.caller.name().starts_with("users/")) {
    *session.mutable_expire_time() = api::ToProto(resolved.expire_time);
    *session.mutable_password_policy() = passwords.ToProto();
  }
  session.set_password_change_required(resolved.password_change_required);
  *session.mutable_caller() = std::move(resolved.caller);
  return session;
}

}  // namespace jinhuan::alliance
