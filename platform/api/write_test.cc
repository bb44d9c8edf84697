#include "platform/api/write.h"
#include "platform/db/platform_migrations.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::api {
namespace {

using meeting::v1::Meeting;
using Request = meeting::v1::ConveneMeetingRequest;

const db::Query kAdd("UPDATE counter SET value = value + 1 WHERE id = ?", "PRIMARY");
const db::Query kTake("UPDATE counter SET value = 1 WHERE id = ? AND value = 0", "PRIMARY");
const db::Query kRead("SELECT value FROM counter WHERE id = ?", "PRIMARY");

class WriteTest : public ::testing::Test {
 protected:
  WriteTest() {
    auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
    EXPECT_TRUE((*lease)
                    ->Run("CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL) "
                          "ENGINE=InnoDB")
                    .ok());
    EXPECT_TRUE((*lease)->Run("INSERT INTO counter VALUES (1, 0)").ok());
  }

  static Call CallOf(const std::string& user, absl::Time now = absl::Now()) {
    Call call;
    call.method = "jinhuan.test.v1.TestService/Add";
    call.caller.set_name(user);
    call.now = now;
    call.deadline = absl::Now() + absl::Seconds(20);
    return call;
  }
  static Request RequestOf(const std::string& id, const std::string& name = "n") {
    Request request;
    request.set_name(name);
    request.set_request_id(id);
    return request;
  }

  static absl::StatusOr<int64_t> Value(db::Connection& connection) {
    int64_t value = -1;
    JH_RETURN_IF_ERROR(
        connection.Select(kRead, {1}, [&](const db::Row& row) { value = row.Int(0); }).status());
    return value;
  }
  int64_t Value() {
    auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
    return Value(**lease).value_or(-1);
  }

  // Adds one and answers with what the counter is now.
  absl::StatusOr<Meeting> Add(const Call& call, const Request& request) {
    return Write<Meeting>(database_.pool(), call, request,
                          [](db::Connection& connection) -> absl::StatusOr<Meeting> {
                            JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {1}));
                            JH_ASSIGN_OR_RETURN(const int64_t value, Value(connection));
                            Meeting answer;
                            answer.set_title(std::to_string(value));
                            return answer;
                          });
  }
  std::string Answer(const Call& call, const Request& request) {
    const auto answer = Add(call, request);
    return answer.ok() ? answer->title() : ReasonOf(answer.status());
  }

  testing::TestDatabase database_{{db::kPlatformMigrations}};
};

TEST_F(WriteTest, ARepetitionGetsTheFirstAnswerAndChangesNothing) {
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-1")), "1");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-2")), "2");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-1")), "1");
  EXPECT_EQ(Value(), 2);
}

TEST_F(WriteTest, WithoutAnIdNothingIsRemembered) {
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("")), "1");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("")), "2");
}

TEST_F(WriteTest, FiveAtOnceAreOne) {
  std::vector<std::string> answers(5);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&] { answer = Answer(CallOf("users/u"), RequestOf("r-1")); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answers, std::vector<std::string>(5, "1"));
  EXPECT_EQ(Value(), 1);
}

TEST_F(WriteTest, ATwinThatComesTooLateGetsTheFirstAnswerToo) {
  // The body itself refuses the second: the only place is taken.
  const auto take = [&](const std::string& id) {
    const auto answer =
        Write<Meeting>(database_.pool(), CallOf("users/u"), RequestOf(id),
                       [](db::Connection& connection) -> absl::StatusOr<Meeting> {
                         JH_ASSIGN_OR_RETURN(const int64_t taken, connection.Execute(kTake, {1}));
                         if (taken == 0)
                           return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "n"}});
                         Meeting meeting;
                         meeting.set_title("taken");
                         return meeting;
                       });
    return answer.ok() ? answer->title() : ReasonOf(answer.status());
  };
  std::vector<std::string> answers(5);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) threads.emplace_back([&] { answer = take("r-1"); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answers, std::vector<std::string>(5, "taken"));
  EXPECT_EQ(take("r-2"), "ETAG_STALE");
}

TEST_F(WriteTest, AnotherRequestUnderTheSameIdIsRefused) {
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-1", "n")), "1");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-1", "m")), "REQUEST_ID_REUSED");
  EXPECT_EQ(Value(), 1);
  // Another caller's and another method's ids are their own.
  EXPECT_EQ(Answer(CallOf("users/v"), RequestOf("r-1", "m")), "2");
  Call other = CallOf("users/u");
  other.method = "jinhuan.test.v1.TestService/Other";
  EXPECT_EQ(Answer(other, RequestOf("r-1", "m")), "3");
}

TEST_F(WriteTest, AFailureLeavesNothingBehind) {
  int runs = 0;
  const auto failing =
      Write<Meeting>(database_.pool(), CallOf("users/u"), RequestOf("r-1"),
                     [&](db::Connection& connection) -> absl::StatusOr<Meeting> {
                       ++runs;
                       JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {1}));
                       return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "n"}});
                     });
  EXPECT_EQ(ReasonOf(failing.status()), "ETAG_STALE");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Value(), 0);
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("r-1")), "1");
}

TEST_F(WriteTest, RefusesIdsThatAreNoIds) {
  for (const char* id : {" ", "a b", "党", "a\n", "\x7F"}) {
    EXPECT_EQ(Answer(CallOf("users/u"), RequestOf(id)), "FIELD_INVALID") << id;
  }
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf(std::string(65, 'x'))), "FIELD_INVALID");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf(std::string(64, '~'))), "1");
}

TEST_F(WriteTest, ForgetsAfterTwoDays) {
  const absl::Time now = absl::Now();
  EXPECT_EQ(Answer(CallOf("users/u", now - absl::Hours(49)), RequestOf("old")), "1");
  EXPECT_EQ(Answer(CallOf("users/u", now - absl::Hours(47)), RequestOf("young")), "2");
  EXPECT_EQ(ForgetOldRequests(database_.pool(), now, 100).value_or(-1), 1);
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("young")), "2");
  EXPECT_EQ(Answer(CallOf("users/u"), RequestOf("old")), "3");
}

TEST_F(WriteTest, EveryQueryUsesItsIndex) { testing::ExpectQueriesUseTheirIndex(database_); }

}  // namespace
}  // namespace jinhuan::api
