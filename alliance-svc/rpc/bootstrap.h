#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "alliance-svc/domain/bootstrap_file.h"
#include "alliance-svc/domain/password_hasher.h"
#include "alliance-svc/rpc/account_options.h"
#include "alliance-svc/storage/user_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::alliance {

// As below, with the accounts of the bootstrap file at `path`. The file is read
// only while there is no user, so it may be gone afterwards. Also NOT_FOUND and
// the errors of ParseBootstrapFile.
absl::Status BootstrapFromFile(db::Pool& pool, const UserStore& users, PasswordHasher& hasher,
                               IdSource& ids, const Clock& clock, const AccountOptions& options,
                               const std::string& path);

// Creates the first accounts of an installation; does nothing once there is any
// user. Their passwords must be changed as those of other accounts that someone else
// chose. Of processes that start together one creates them. The errors of
// db::InTransaction.
absl::Status Bootstrap(db::Pool& pool, const UserStore& users, PasswordHasher& hasher,
                       IdSource& ids, const Clock& clock, const AccountOptions& options,
                       const std::vector<BootstrapAccount>& accounts);

}  // namespace jinhuan::alliance
