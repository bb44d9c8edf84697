#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"
#include "platform/db/platform_migrations.h"
#include "platform/journal/journal.h"
#include "platform/journal/tree/checkpoint.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::journal {

inline absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

// A signed journal with two witnesses in a database of its own; for tests.
class ProvenJournalTest : public ::testing::Test {
 protected:
  static constexpr char kSeed[] =
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  static tree::PrivateKey Witness(int number) {
    return *tree::PrivateKey::FromSeed(tree::KeyType::kWitness,
                                       fmt::format("witness.example/w{}", number),
                                       fmt::format("{:064x}", 1000 + number));
  }
  static ProofOptions Options() {
    ProofOptions options;
    options.signing_seed = kSeed;
    options.witnesses = {Witness(1).public_key(), Witness(2).public_key()};
    return options;
  }
  static api::Call CallIn(const std::string& alliance) {
    api::Call call;
    call.method = "jinhuan.test.v1.TestService/Change";
    call.request = "trace-1";
    call.caller.set_name("users/u");
    call.alliance = alliance;
    call.now = absl::FromUnixSeconds(1'800'000'000);
    return call;
  }

  // Appends entries number `from` to `to`, r<number>, and seals them.
  void Fill(int64_t from, int64_t to) {
    const api::Call call = CallIn("alliances/a");
    for (int64_t next = from; next <= to;) {
      std::vector<Journal::CallChange> changes;
      google::protobuf::StringValue content;
      content.set_value("会议");
      for (; next <= to && changes.size() < 256; ++next) {
        changes.push_back({call, {.resource = fmt::format("r{}", next), .after = &content}});
      }
      ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                    return journal_.AppendAll(connection, changes);
                  }).ok());
    }
    SealAll(journal_);
  }
  static void SealAll(Journal& journal) {
    for (;;) {
      const auto sealed = journal.SealOnce();
      ASSERT_TRUE(sealed.ok()) << sealed.status();
      if (*sealed == 0) return;
    }
  }
  absl::StatusOr<int64_t> Erase(const Journal::Erasable& what, const std::string& reason) {
    int64_t erased = 0;
    JH_RETURN_IF_ERROR(db::InTransaction(
        database_.pool(), Soon(), [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(erased,
                              journal_.Erase(connection, CallIn("alliances/a"), what, reason));
          return absl::OkStatus();
        }));
    SealAll(journal_);
    return erased;
  }
  // Runs statements as someone does who gets at the database.
  void Run(const std::string& sql) {
    const absl::Status status = db::Read(
        database_.pool(), Soon(), [&](db::Connection& connection) { return connection.Run(sql); });
    ASSERT_TRUE(status.ok()) << sql << ": " << status;
  }
  v1::Checkpoint CheckpointAt(int64_t size) {
    v1::GetCheckpointRequest request;
    request.set_tree_size(size);
    const auto checkpoint = journal_.proofs().GetCheckpoint(request, Soon());
    EXPECT_TRUE(checkpoint.ok()) << checkpoint.status();
    return checkpoint.value_or(v1::Checkpoint());
  }
  tree::Checkpoint Parsed(const v1::Checkpoint& checkpoint) {
    const auto parsed = tree::ParseCheckpoint(tree::ParseNote(checkpoint.note())->text);
    EXPECT_TRUE(parsed.ok()) << checkpoint.note();
    return *parsed;
  }
  // The signature line of a witness on the checkpoint of that size.
  std::string Cosigned(int witness, int64_t size, int64_t time = 1'800'000'000) {
    const auto note = *tree::ParseNote(CheckpointAt(size).note());
    std::string line = tree::Format(Witness(witness).Sign(note.text, time));
    line.pop_back();
    return line;
  }
  absl::StatusOr<v1::Checkpoint> AddCosignature(int64_t size, const std::string& line) {
    v1::AddCosignatureRequest request;
    request.set_tree_size(size);
    request.set_line(line);
    return journal_.proofs().AddCosignature(request, Soon());
  }
  absl::StatusOr<v1::Bundle> Export(int64_t first, int limit, int64_t size = 0, int64_t from = 0) {
    v1::ExportBundleRequest request;
    request.set_first_number(first);
    request.set_tree_size(size);
    request.set_from_size(from);
    return journal_.proofs().ExportBundle(request, limit, Soon());
  }

  testing::TestDatabase database_{{db::kPlatformMigrations}};
  RandomIdSource ids_{Clock::System()};
  Journal journal_{database_.pool(), ids_, Options()};
};

}  // namespace jinhuan::journal
