#include "alliance-svc/storage/charter_store.h"

#include <gtest/gtest.h>

#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/storage/store_fixture.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

class CharterStoreTest : public StoreFixture {
 protected:
  static v1::Charter Version(int version) {
    v1::Charter charter = DefaultCharter();
    charter.set_name("alliances/a1/charters/" + std::to_string(version));
    charter.set_version(version);
    return charter;
  }
};

TEST_F(CharterStoreTest, TheLastWhoseMidnightHasComeIsInForce) {
  const absl::Time midnight = call_.now + absl::Hours(100);
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    const CharterStore& store = stores_.charters;
    JH_RETURN_IF_ERROR(store.Insert(connection, call_, Version(1), absl::UnixEpoch()).status());
    JH_RETURN_IF_ERROR(store.Insert(connection, call_, Version(2), midnight).status());
    JH_RETURN_IF_ERROR(store.Insert(connection, call_, Version(3), midnight).status());
    const auto in_force = [&](absl::Time now) {
      const auto charter = store.InForce(connection, "alliances/a1", now);
      EXPECT_TRUE(charter.ok() && charter->in_force()) << charter.status();
      return charter.value_or(v1::Charter()).version();
    };
    EXPECT_EQ(in_force(absl::FromUnixSeconds(1)), 1);
    EXPECT_EQ(in_force(midnight - absl::Microseconds(1)), 1);
    EXPECT_EQ(in_force(midnight), 3);

    JH_ASSIGN_OR_RETURN(v1::Charter second,
                        store.Get(connection, "alliances/a1/charters/2", midnight));
    EXPECT_FALSE(second.in_force());
    EXPECT_EQ(second.name(), "alliances/a1/charters/2");
    EXPECT_EQ(second.version(), 2);
    EXPECT_EQ(second.rotation().term_months(), 6);
    JH_ASSIGN_OR_RETURN(v1::Charter third,
                        store.Get(connection, "alliances/a1/charters/3", midnight));
    EXPECT_TRUE(third.in_force());
    for (const char* name : {"alliances/a1/charters/4", "alliances/a1/charters/02",
                             "alliances/a1/charters/x", "alliances/a2/charters/1"}) {
      EXPECT_EQ(ReasonOf(store.Get(connection, name, midnight).status()), "RESOURCE_NOT_FOUND");
    }
    EXPECT_EQ(ReasonOf(store.InForce(connection, "alliances/a2", midnight).status()),
              "RESOURCE_NOT_FOUND");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(CharterStoreTest, AVersionIsThereOnce) {
  const absl::Status status = Transact([&](db::Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(
        stores_.charters.Insert(connection, call_, Version(1), absl::UnixEpoch()).status());
    EXPECT_EQ(ReasonOf(stores_.charters.Insert(connection, call_, Version(1), call_.now).status()),
              "ETAG_STALE");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace jinhuan::alliance
