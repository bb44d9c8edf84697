#pragma once

#include "alliance-svc/domain/password_hasher.h"
#include "alliance-svc/rpc/account_options.h"
#include "alliance-svc/rpc/sign_on_provider.h"
#include "alliance-svc/storage/stores.h"
#include "platform/rpc/serve.h"

namespace jinhuan::alliance {

// What must be settled before alliance-svc serves. Each ends the process with status 1 and a log
// line where it can't be.

// The options of accounts (--password_policy, --session_life, --force_first_password_change) and
// of signing on elsewhere (--oidc_...; nullptr: nowhere), as the flags say.
AccountOptions AccountOptionsOrExit();
std::unique_ptr<SignOnProvider> SignOnProviderOrExit(const Clock& clock);

// The first accounts (--bootstrap_file), and rows of older releases as this one expects them.
void PrepareOrExit(rpc::ServiceProcess& process, const Stores& stores, PasswordHasher& hasher,
                   const AccountOptions& options);

}  // namespace jinhuan::alliance
