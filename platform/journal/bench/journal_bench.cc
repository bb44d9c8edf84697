// What the tree costs a journal, and how long proofs take, on the database of
// JINHUAN_TEST_DB_SOCKET.
//
//   journal_bench --sizes=10000,1000000
#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <random>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "platform/db/bulk_insert.h"
#include "platform/db/platform_migrations.h"
#include "platform/journal/journal.h"
#include "platform/journal/tree/merkle.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

ABSL_FLAG(std::string, sizes, "10000,1000000", "Sizes to measure at, ascending, by commas");

namespace jinhuan::journal {
namespace {

absl::Time Later() { return absl::Now() + absl::Minutes(10); }

void OrDie(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}\n", status.ToString());
  std::exit(1);
}

// As an entry is on average: some 700 bytes.
google::protobuf::Struct Content() {
  google::protobuf::Struct content;
  for (int i = 0; i < 12; ++i) {
    (*content.mutable_fields())[fmt::format("field{}", i)].set_string_value(
        "金环区域化党建联盟 0123456789");
  }
  return content;
}

// Sealing as it was before the tree, for comparison: numbers, and nothing else.
class BareSealer {
 public:
  static absl::StatusOr<int64_t> SealOnce(db::Pool& pool) {
    static const db::Query fence("UPDATE journal_head SET seals = seals + 1 WHERE id = 1", "");
    static const db::Query size("SELECT size FROM journal_head WHERE id = 1", "");
    static const db::Query number(
        "INSERT INTO journal_entry (number, id, alliance, resource, record) "
        "SELECT ? + ROW_NUMBER() OVER (ORDER BY id), id, alliance, resource, record "
        "FROM (SELECT id, alliance, resource, record FROM journal_unsealed "
        "FORCE INDEX (PRIMARY) ORDER BY id LIMIT 512) AS batch",
        "");
    static const db::Query remove(
        "DELETE u FROM journal_entry AS e STRAIGHT_JOIN journal_unsealed AS u ON u.id = e.id "
        "WHERE e.number > ?",
        "");
    static const db::Query grow("UPDATE journal_head SET size = size + ? WHERE id = 1", "");
    int64_t sealed = 0;
    JH_RETURN_IF_ERROR(
        db::InTransaction(pool, Later(), [&](db::Connection& connection) -> absl::Status {
          JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, fence, {}));
          int64_t first = 0;
          JH_RETURN_IF_ERROR(
              connection.Select(size, {}, [&](const db::Row& row) { first = row.Int(0); })
                  .status());
          JH_ASSIGN_OR_RETURN(sealed, connection.Execute(number, {first}));
          if (sealed == 0) return absl::OkStatus();
          JH_RETURN_IF_ERROR(connection.Execute(remove, {first}).status());
          return connection.ExecuteExactly(1, grow, {sealed});
        }));
    return sealed;
  }
};

class Bench {
 public:
  Bench() {
    ProofOptions options;
    options.signing_seed = std::string(64, '7');
    journal_ = std::make_unique<Journal>(database_.pool(), ids_, std::move(options));
  }

  // Writes `count` entries, 256 a transaction; returns how many a second.
  double Fill(int64_t count) {
    api::Call call;
    call.method = "jinhuan.test.v1.TestService/Change";
    call.caller.set_name("users/0190a000-0000-7000-8000-000000000000");
    call.alliance = "alliances/a";
    call.now = absl::Now();
    const absl::Time begin = absl::Now();
    for (int64_t left = count; left > 0; left -= 256) {
      const std::vector<Journal::CallChange> changes(
          static_cast<size_t>(std::min<int64_t>(256, left)),
          {call, {.resource = fmt::format("alliances/a/things/{}", left), .after = &content_}});
      OrDie(db::InTransaction(database_.pool(), Later(), [&](db::Connection& connection) {
        return journal_->AppendAll(connection, changes);
      }));
    }
    return Rate(count, begin);
  }
  double Seal(int64_t count) {
    const absl::Time begin = absl::Now();
    for (;;) {
      const auto sealed = journal_->SealOnce();
      OrDie(sealed.status());
      if (*sealed == 0) return Rate(count, begin);
    }
  }
  double SealBare(int64_t count) {
    const absl::Time begin = absl::Now();
    for (;;) {
      const auto sealed = BareSealer::SealOnce(database_.pool());
      OrDie(sealed.status());
      if (*sealed == 0) return Rate(count, begin);
    }
  }

  // What a write of one entry takes, in microseconds: with its salt, and as before.
  std::pair<double, double> Append() {
    static const db::BulkInsert before(
        "INSERT INTO journal_unsealed (id, alliance, resource, record) VALUES", "(?, ?, ?, ?)");
    constexpr int kEach = 3000;
    api::Call call;
    call.alliance = "alliances/a";
    const Change change{.resource = "alliances/a/things/1", .after = &content_};
    std::vector<double> with;
    std::vector<double> without;
    for (int i = 0; i < 2 * kEach; ++i) {
      const std::string id = ids_.NewId();
      OrDie(db::InTransaction(database_.pool(), Later(), [&](db::Connection& connection) {
        const absl::Time begin = absl::Now();
        absl::Status status;
        if (i % 2 == 0) {
          status = journal_->Append(connection, call, change);
        } else {
          v1::Entry entry;
          entry.set_id(id);
          entry.set_alliance(call.alliance);
          entry.set_resource(change.resource);
          entry.mutable_after()->PackFrom(content_);
          const std::string record = entry.SerializeAsString();
          status = before.Execute(connection, {id, call.alliance, change.resource, record});
        }
        (i % 2 == 0 ? with : without).push_back(absl::ToDoubleMicroseconds(absl::Now() - begin));
        return status;
      }));
    }
    return {Quantile(with, 0.5), Quantile(without, 0.5)};
  }

  void MeasureProofs(int64_t size) {
    std::mt19937_64 random(1);
    const auto below = [&](int64_t bound) {
      return static_cast<int64_t>(random() % static_cast<uint64_t>(bound));
    };
    Proofs& proofs = journal_->proofs();
    Measure("inclusion proof", 2000, [&] {
      v1::GetInclusionProofRequest request;
      request.set_number(1 + below(size));
      return proofs.GetInclusionProof(request, Later()).status();
    });
    Measure("consistency proof", 2000, [&] {
      v1::GetConsistencyProofRequest request;
      request.set_from_size(1 + below(size));
      return proofs.GetConsistencyProof(request, Later()).status();
    });
    Measure("signed checkpoint", 1000, [&] { return proofs.GetCheckpoint({}, Later()).status(); });
    Measure("bundle of 500 entries", 20, [&] {
      v1::ExportBundleRequest request;
      request.set_first_number(1 + below(size));
      return proofs.ExportBundle(request, 500, Later()).status();
    });
  }

 private:
  static double Rate(int64_t count, absl::Time begin) {
    return static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - begin);
  }
  static double Quantile(std::vector<double>& values, double at) {
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(at * static_cast<double>(values.size() - 1))];
  }
  static void Measure(const char* what, int times, absl::FunctionRef<absl::Status()> call) {
    std::vector<double> took;
    for (int i = 0; i < times; ++i) {
      const absl::Time begin = absl::Now();
      OrDie(call());
      took.push_back(absl::ToDoubleMilliseconds(absl::Now() - begin));
    }
    fmt::print("  {:24} median {:8.2f} ms   99 % {:8.2f} ms\n", what, Quantile(took, 0.5),
               Quantile(took, 0.99));
    std::fflush(stdout);
  }

  testing::TestDatabase database_{{db::kPlatformMigrations}};
  RandomIdSource ids_{Clock::System()};
  const google::protobuf::Struct content_ = Content();
  std::unique_ptr<Journal> journal_;
};

int Main() {
  constexpr int64_t kCompare = 20'480;
  {
    Bench bare;
    bare.Fill(kCompare);
    fmt::print("sealing without the tree {:10.0f} entries/s\n", bare.SealBare(kCompare));
  }
  {
    Bench bench;
    bench.Fill(kCompare);
    fmt::print("sealing with the tree    {:10.0f} entries/s\n", bench.Seal(kCompare));
    const auto [with, without] = bench.Append();
    fmt::print("append of one entry      {:10.1f} us, {:.1f} us without its salt\n", with, without);
  }
  Bench bench;
  int64_t size = 0;
  const std::vector<std::string> sizes = absl::StrSplit(absl::GetFlag(FLAGS_sizes), ',');
  for (const std::string& text : sizes) {
    int64_t wanted = 0;
    std::from_chars(text.data(), text.data() + text.size(), wanted);
    // In steps: what is written and not sealed stays small, as it does in a service.
    const absl::Time begin = absl::Now();
    double sealing = 0;
    for (int64_t step = 0; size < wanted; size += step) {
      step = std::min<int64_t>(51'200, wanted - size);
      bench.Fill(step);
      sealing += static_cast<double>(step) / bench.Seal(step);
    }
    fmt::print("{} entries: grown in {:.0f} s, of which sealing {:.0f} s\n", size,
               absl::ToDoubleSeconds(absl::Now() - begin), sealing);
    bench.MeasureProofs(size);
  }
  return 0;
}

}  // namespace
}  // namespace jinhuan::journal

int main(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  if (sodium_init() < 0) return 1;
  jinhuan::log::Init("journal_bench", "warning");
  return jinhuan::journal::Main();
}
