#include "platform/rpc/follower.h"
#include "platform/db/platform_migrations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "absl/time/clock.h"
#include "jinhuan/meeting/v1/journal_service.grpc.pb.h"
#include "platform/rpc/journal_service.h"
#include "platform/testing/test_database.h"

namespace jinhuan::rpc {
namespace {

constexpr char kSeed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr char kSource[] = "jinhuan.meeting.v1";

// AUTO_INCREMENT tells the order in which entries took effect.
const db::Query kTake("INSERT INTO followed (resource) VALUES (?)", "");
const db::Query kTaken("SELECT resource FROM followed ORDER BY id", "PRIMARY");

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

// The followed service with its journal, and a follower's database.
class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() {
    auto lease = theirs_.pool().Acquire(Soon());
    EXPECT_TRUE((*lease)
                    ->Run("CREATE TABLE followed (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
                          "resource VARCHAR(100) NOT NULL) ENGINE=InnoDB")
                    .ok());
  }
  ~FollowerTest() override { StopServing(); }

  void Serve() {
    journal_ = std::make_unique<journal::Journal>(ours_.pool(), ids_);
    journal_->StartSealing();
    service_ = std::make_unique<JournalServiceOf<meeting::v1::JournalService>>(
        Runtime{Clock::System(), ids_, *verifier_, admission_, metrics_}, *journal_);
    server_ = grpc::ServerBuilder()
                  .AddListeningPort(target_, grpc::InsecureServerCredentials())
                  .RegisterService(service_.get())
                  .BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }
  void StopServing() {
    if (server_ == nullptr) return;
    journal_->StopSealing();
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
    server_.reset();
  }

  void Append(int from, int to) {
    journal::Journal writer(ours_.pool(), ids_);
    api::Call call;
    call.now = absl::Now();
    for (int i = from; i < to; ++i) {
      const auto status = db::InTransaction(ours_.pool(), Soon(), [&](db::Connection& connection) {
        return writer.Append(connection, call, {.resource = fmt::format("r{:03}", i)});
      });
      ASSERT_TRUE(status.ok()) << status;
      expected_.push_back(fmt::format("r{:03}", i));
    }
    while (writer.SealOnce().value_or(0) > 0) {
    }
  }

  std::unique_ptr<Follower> Follow(Follower::Apply apply = nullptr,
                                   const std::string& cursor = "") {
    if (!apply) {
      apply = [](db::Connection& connection, const journal::v1::Entry& entry) {
        return connection.ExecuteExactly(1, kTake, {entry.resource()});
      };
    }
    auto follower = std::make_unique<Follower>(
        Follower::Options{kSource, target_, "services/test", cursor}, theirs_.pool(), *signer_,
        Clock::System(), metrics_, std::move(apply));
    follower->Start();
    return follower;
  }

  // What took effect, once it is as much as was appended.
  std::vector<std::string> Followed() {
    const absl::Time deadline = Soon();
    for (;;) {
      std::vector<std::string> resources;
      EXPECT_TRUE(db::Read(theirs_.pool(), Soon(), [&](db::Connection& connection) {
                    resources.clear();
                    return connection
                        .Select(kTaken, {},
                                [&](const db::Row& row) { resources.push_back(row.Text(0)); })
                        .status();
                  }).ok());
      if (resources.size() >= expected_.size() || absl::Now() > deadline) return resources;
      absl::SleepFor(absl::Milliseconds(5));
    }
  }

  testing::TestDatabase ours_{{db::kPlatformMigrations}};
  testing::TestDatabase theirs_{{db::kPlatformMigrations}};
  RandomIdSource ids_{Clock::System()};
  const absl::StatusOr<CallerTokenSigner> signer_ = CallerTokenSigner::FromSeed(kSeed);
  const std::unique_ptr<CallerTokenVerifier> verifier_ =
      *CallerTokenVerifier::Create(signer_->public_key_hex(), kSource);
  Admission admission_{8, 8};
  Metrics metrics_;
  const std::string target_ =
      fmt::format("unix:{}/jinhuan-follower-{}.sock",
                  std::filesystem::temp_directory_path().string(), getpid());
  std::vector<std::string> expected_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<JournalServiceOf<meeting::v1::JournalService>> service_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(FollowerTest, TakesEveryEntryOnceAndInOrder) {
  Append(0, 30);
  Serve();
  const auto follower = Follow();
  EXPECT_EQ(Followed(), expected_);
  Append(30, 60);  // while it follows
  EXPECT_EQ(Followed(), expected_);
}

TEST_F(FollowerTest, GoesOnWhereItStoodWhenTheOtherComesBack) {
  const auto follower = Follow();  // nobody is there yet
  Append(0, 10);
  Serve();
  EXPECT_EQ(Followed(), expected_);
  StopServing();
  Append(10, 20);
  Serve();
  EXPECT_EQ(Followed(), expected_);
}

TEST_F(FollowerTest, APlaceOfItsOwnStartsFromTheBeginning) {
  Append(0, 10);
  Serve();
  const auto one = Follow();
  EXPECT_EQ(Followed(), expected_);
  const auto late = Follow(nullptr, "late");
  const std::vector<std::string> first = expected_;
  expected_.insert(expected_.end(), first.begin(), first.end());
  EXPECT_EQ(Followed(), expected_);
}

TEST_F(FollowerTest, TwoReplicasTakeEachEntryOnce) {
  Serve();
  const auto one = Follow();
  const auto two = Follow();
  Append(0, 40);
  EXPECT_EQ(Followed(), expected_);
}

TEST_F(FollowerTest, AnEntryThatFailsIsTriedAgainAndNoneIsSkipped) {
  Append(0, 5);
  Serve();
  std::atomic<int> failures = 2;
  const auto follower =
      Follow([&](db::Connection& connection, const journal::v1::Entry& entry) -> absl::Status {
        const absl::Status status = connection.ExecuteExactly(1, kTake, {entry.resource()});
        if (entry.number() == 3 && failures-- > 0) return absl::InternalError("not this time");
        return status;
      });
  EXPECT_EQ(Followed(), expected_);
}

// Whatever address it listens on, and with whatever certificate.
TEST_F(FollowerTest, FollowsItsOwnProcessWithoutAnAddress) {
  Serve();
  Follower follower({kSource, "", "services/test"}, theirs_.pool(), *signer_, Clock::System(),
                    metrics_, [](db::Connection& connection, const journal::v1::Entry& entry) {
                      return connection.ExecuteExactly(1, kTake, {entry.resource()});
                    });
  follower.Start(server_.get());
  Append(0, 30);
  EXPECT_EQ(Followed(), expected_);
  StopServing();
}

TEST_F(FollowerTest, SaysWhenItLastGotOn) {
  const auto progress = [&] { return FollowerProgress(metrics_, kSource).Collect().gauge.value; };
  const auto follower = Follow();
  EXPECT_EQ(progress(), 0);
  const double begin = absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch());
  Append(0, 3);
  Serve();
  EXPECT_EQ(Followed(), expected_);
  while (progress() == 0) absl::SleepFor(absl::Milliseconds(1));  // set behind the commit
  EXPECT_GE(progress(), begin);
}

}  // namespace
}  // namespace jinhuan::rpc
