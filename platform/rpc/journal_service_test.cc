#include "platform/rpc/journal_service.h"

#include <gmock/gmock.h>

#include "google/protobuf/wrappers.pb.h"
#include "platform/journal/journal_fixture.h"

namespace jinhuan::rpc {
namespace {

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
