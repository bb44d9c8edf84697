#pragma once

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "alliance-svc/storage/migrations.h"
#include "alliance-svc/storage/stores.h"
#include "platform/db/platform_migrations.h"
#include "platform/log.h"
#include "platform/testing/test_database.h"

namespace jinhuan::alliance {

// The stores of alliance-svc with a database of the test's own, at a time that
// stands still, called by users/u1.
class StoreFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    static const bool quiet = (log::Init("alliance_storage_test", "warning"), true);
    ASSERT_TRUE(quiet);
  }

  StoreFixture() {
    call_.caller.set_name("users/u1");
    call_.now = clock_.Now();
    call_.deadline = absl::Now() + absl::Seconds(60);
  }

  absl::Status Transact(absl::FunctionRef<absl::Status(db::Connection&)> body) {
    return db::InTransaction(database_.pool(), call_.deadline, body);
  }

  testing::TestDatabase database_{{db::kPlatformMigrations, kMigrations}};
  FakeClock clock_{absl::FromUnixSeconds(1'790'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_.pool(), ids_};
  const Stores stores_{journal_};
  api::Call call_;
};

}  // namespace jinhuan::alliance
