#include "platform/rpc/journal_service.h"

#include <gmock/gmock.h>

#include "google/protobuf/wrappers.pb.h"
#include "platform/journal/journal_fixture.h"
#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

using ::testing::ElementsAre;

using JournalServiceTest = journal::ProvenJournalTest;

// Takes one message, and leaves.
class OneMessage final : public grpc::ServerWriterInterface<journal::v1::WatchEntriesResponse> {
 public:
  using grpc::internal::WriterInterface<journal::v1::WatchEntriesResponse>::Write;
  bool Write(const journal::v1::WatchEntriesResponse& sent, grpc::WriteOptions) override {
    message = sent;
    return false;
  }
  void SendInitialMetadata() override {}

  journal::v1::WatchEntriesResponse message;
};

// The content is of no kind that a system may Get.
TEST_F(JournalServiceTest, ASystemIsToldOfEachEntryWithoutWhatItMayNotSee) {
  Fill(1, 3);
  api::Call call = CallIn("alliances/a");
  call.deadline = journal::Soon();
  const Kinds kinds({"jinhuan.meeting.v1"});
  const auto watch = [&](auth::v1::Relation reach) {
    call.scope.relation = reach;
    grpc::ServerContext context;
    OneMessage writer;
    EXPECT_TRUE(WatchEntries(journal_, kinds, call, {}, context, writer).ok());
    return writer.message;
  };
  const auto all = watch(auth::v1::RELATION_ANY);
  const auto some = watch(auth::v1::RELATION_OWN_ALLIANCE);
  ASSERT_EQ(all.entries_size(), 3);
  ASSERT_EQ(some.entries_size(), 3);
  EXPECT_EQ(some.next_number(), all.next_number());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(some.entries(i).number(), all.entries(i).number());
    EXPECT_EQ(some.entries(i).resource(), all.entries(i).resource());
    EXPECT_TRUE(all.entries(i).has_after());
    EXPECT_FALSE(some.entries(i).has_after());
    EXPECT_EQ(some.entries(i).actor(), "");
  }
}

class ListEntriesTest : public JournalServiceTest {
 protected:
  ListEntriesTest() { Fill(1, 5); }

  absl::StatusOr<journal::v1::ListEntriesResponse> List(
      const journal::v1::ListEntriesRequest& request,
      auth::v1::Relation reach = auth::v1::RELATION_ANY) {
    api::Call call = CallIn("alliances/a");
    call.deadline = journal::Soon();
    call.scope.relation = reach;
    return ListEntries(journal_, Kinds({"jinhuan.meeting.v1"}), call, request);
  }
  std::vector<int64_t> Numbers(const journal::v1::ListEntriesRequest& request,
                               std::string* next = nullptr) {
    const auto page = List(request);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return {};
    if (next != nullptr) *next = page->next_page_token();
    std::vector<int64_t> numbers;
    for (const auto& entry : page->entries()) numbers.push_back(entry.number());
    return numbers;
  }
};

TEST_F(ListEntriesTest, TurnsPagesInEitherOrder) {
  journal::v1::ListEntriesRequest request;
  request.set_page_size(3);
  std::string next;
  EXPECT_THAT(Numbers(request, &next), ElementsAre(1, 2, 3));
  request.set_page_token(next);
  EXPECT_THAT(Numbers(request, &next), ElementsAre(4, 5));
  EXPECT_EQ(next, "");
  request.set_newest_first(true);  // the token is of the other order
  EXPECT_EQ(ReasonOf(List(request).status()), "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  EXPECT_THAT(Numbers(request, &next), ElementsAre(5, 4, 3));
  request.set_page_token(next);
  EXPECT_THAT(Numbers(request, &next), ElementsAre(2, 1));
  EXPECT_EQ(next, "");
}

TEST_F(ListEntriesTest, ATokenBelongsToWhatWasAskedFor) {
  journal::v1::ListEntriesRequest request;
  request.set_page_size(2);
  request.set_method("jinhuan.test.v1.TestService/Change");
  request.mutable_start_time()->set_seconds(1'800'000'000);
  std::string next;
  EXPECT_THAT(Numbers(request, &next), ElementsAre(1, 2));
  request.set_page_token(next);
  EXPECT_THAT(Numbers(request), ElementsAre(3, 4));
  using Request = journal::v1::ListEntriesRequest;
  for (void (*change)(Request&) :
       {+[](Request& r) { r.clear_method(); }, +[](Request& r) { r.set_actor("users/u"); },
        +[](Request& r) { r.mutable_start_time()->set_nanos(1); },
        +[](Request& r) { r.mutable_end_time()->set_nanos(0); }}) {
    Request other = request;
    change(other);
    EXPECT_EQ(ReasonOf(List(other).status()), "PAGE_TOKEN_INVALID") << other.DebugString();
  }
}

TEST_F(ListEntriesTest, SaysWhatCantBeAskedFor) {
  journal::v1::ListEntriesRequest request;
  const auto reason = [&] { return ReasonOf(List(request).status()); };
  request.set_method("方法");
  EXPECT_EQ(reason(), "FIELD_INVALID");
  request.clear_method();
  request.mutable_end_time()->set_seconds(-1);
  EXPECT_EQ(reason(), "FIELD_INVALID");
  request.mutable_end_time()->set_seconds(1'800'000'000);
  EXPECT_EQ(reason(), "");
  *request.mutable_start_time() = request.end_time();
  EXPECT_EQ(reason(), "FIELD_INVALID");
}

// Systems do not see who acted, so they may not find out by asking for one after the other.
TEST_F(ListEntriesTest, WhoMayNotSeeActorsMayNotAskForOne) {
  journal::v1::ListEntriesRequest request;
  request.set_alliance("alliances/a");
  EXPECT_TRUE(List(request, auth::v1::RELATION_OWN_ALLIANCE).ok());
  request.set_actor("users/u");
  EXPECT_TRUE(List(request).ok());
  EXPECT_EQ(ReasonOf(List(request, auth::v1::RELATION_OWN_ALLIANCE).status()), "FIELD_INVALID");
}

// Others write more than one batch holds before the entry that says what was erased.
TEST_F(JournalServiceTest, AnExportSealsUntilWhatWasErasedHasItsEntry) {
  Fill(1, 3);
  api::Call call = CallIn("alliances/a");
  call.deadline = journal::Soon();
  std::vector<journal::Journal::CallChange> others;
  for (int i = 0; i < 600; ++i) others.push_back({call, {.resource = "r"}});
  const absl::Status written =
      db::InTransaction(database_.pool(), journal::Soon(), [&](db::Connection& connection) {
        JH_RETURN_IF_ERROR(journal_.AppendAll(connection, others));
        return journal_.Erase(connection, call, {.numbers = {2}}, "依申请清除").status();
      });
  ASSERT_TRUE(written.ok()) << written;
  journal::v1::ExportBundleRequest request;
  request.set_page_size(3);
  const auto bundle = ExportBundle(journal_, call, request);
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  ASSERT_EQ(bundle->erasures_size(), 1);
  EXPECT_EQ(bundle->erasures(0).id(), bundle->entries(1).erasure());
}

}  // namespace
}  // namespace jinhuan::rpc
