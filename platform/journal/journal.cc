#include "platform/journal/journal.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "platform/api/time.h"
#include "platform/db/bulk_insert.h"
#include "platform/journal/entry_index.h"
#include "platform/journal/node_store.h"
#include "platform/journal/sealing.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

constexpr absl::Duration kPoll = absl::Seconds(1);
// Between two looks for what other processes sealed, while somebody waits for it.
constexpr absl::Duration kLook = absl::Milliseconds(50);
// Between two seals, so that a busy service seals in batches: so long that sealing, and those
// who follow it, take a fifth of the time, and that who watches hardly waits.
absl::Duration PauseAfter(absl::Duration seal) {
  return std::clamp(4 * seal, absl::Milliseconds(5), absl::Milliseconds(40));
}

const db::BulkInsert kAppend(
    "INSERT INTO journal_unsealed (id, alliance, resource, record, salt) VALUES",
    "(?, ?, ?, ?, ?)");
// A process of an earlier version may number without indexing.
const db::Query kAnyWork(
    "(SELECT 1 FROM journal_unsealed FORCE INDEX (PRIMARY) LIMIT 1) UNION ALL "
    "(SELECT 1 FROM journal_head WHERE id = 1 AND LEAST(tree_size, indexed) < size)",
    "PRIMARY");
const db::Query kReadAll(
    "SELECT number, record FROM journal_entry WHERE number >= ? ORDER BY number LIMIT ?",
    "PRIMARY");
const db::Query kReadAlliance(
    "SELECT number, record FROM journal_entry FORCE INDEX (journal_entry_by_alliance) "
    "WHERE alliance = ? AND number >= ? ORDER BY number LIMIT ?",
    "journal_entry_by_alliance");
const db::Query kReadResource(
    "SELECT number, record FROM journal_entry FORCE INDEX (journal_entry_by_resource) "
    "WHERE resource = ? AND number >= ? ORDER BY number LIMIT ?",
    "journal_entry_by_resource");

v1::Entry EntryOf(std::string id, const api::Call& call, const Change& change) {
  v1::Entry entry;
  entry.set_id(std::move(id));
  *entry.mutable_time() = api::ToProto(call.now);
  entry.set_actor(call.caller.name());
  entry.set_method(call.method);
  entry.set_alliance(call.alliance);
  entry.set_resource(change.resource);
  if (change.before != nullptr) entry.mutable_before()->PackFrom(*change.before);
  if (change.after != nullptr) entry.mutable_after()->PackFrom(*change.after);
  entry.set_reason(change.reason);
  entry.set_request(call.request);
  return entry;
}

}  // namespace

absl::Status Journal::Append(db::Connection& connection, const api::Call& call,
                             const Change& change) {
  return AppendAll(connection, {{call, change}});
}

absl::Status Journal::AppendAll(db::Connection& connection,
                                const std::vector<CallChange>& changes) {
  std::vector<std::string> ids;
  for (size_t i = 0; i < changes.size(); ++i) ids.push_back(ids_.NewId());
  return AppendAs(connection, ids, changes);
}

absl::Status Journal::AppendAs(db::Connection& connection, const std::vector<std::string>& ids,
                               const std::vector<CallChange>& changes) {
  const std::string salts = ids_.RandomBytes(changes.size() * tree::kSaltBytes);
  std::vector<std::string> records;
  std::vector<db::Value> values;
  records.reserve(changes.size());
  values.reserve(changes.size() * 5);
  for (size_t i = 0; i < changes.size(); ++i) {
    const auto& [call, change] = changes[i];
    records.push_back(EntryOf(ids[i], call, change).SerializeAsString());
    values.insert(values.end(),
                  {ids[i], call.alliance, change.resource, records[i],
                   std::string_view(salts).substr(i * tree::kSaltBytes, tree::kSaltBytes)});
  }
  connection.OnCommit([this] { Wake(); });
  return kAppend.Execute(connection, values);
}

absl::StatusOr<int64_t> Journal::SealOnce() {
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  absl::MutexLock sealing(&sealing_);
  int64_t waiting = 0;
  JH_RETURN_IF_ERROR(db::Read(pool_, deadline, [&](db::Connection& connection) {
    const auto found = connection.Select(kAnyWork, {}, [](const db::Row&) {});
    waiting = found.value_or(0);
    return found.status();
  }));
  if (waiting == 0 && whole_) return 0;
  int64_t done = 0;
  Head head;
  const tree::Frontier& known = frontier_;
  tree::Frontier frontier;
  JH_RETURN_IF_ERROR(
      db::InTransaction(pool_, deadline, [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(FenceHead(connection));
        JH_ASSIGN_OR_RETURN(head, ReadHead(connection, ids_, proofs_.options().algorithm));
        frontier = known;
        if (frontier.size() != head.tree_size) {
          JH_ASSIGN_OR_RETURN(frontier, ReadFrontier(connection, head.tree_size));
        }
        JH_ASSIGN_OR_RETURN(const int64_t sealed, head.tree_size < head.size
                                                      ? SealOld(connection, head, frontier)
                                                      : SealNew(connection, head, frontier));
        JH_ASSIGN_OR_RETURN(const int64_t indexed, IndexOld(connection, head));
        done = std::max(sealed, indexed);
        return absl::OkStatus();
      }));
  frontier_ = std::move(frontier);
  whole_ = head.tree_size == head.size && head.indexed == head.size;
  Learn(head.size);
  return done;
}

void Journal::Learn(int64_t size) {
  absl::MutexLock lock(&mutex_);
  size_ = std::max(size_, size);
}

void Journal::Wake() {
  absl::MutexLock lock(&mutex_);
  written_ = true;
}

void Journal::StartSealing() {
  sealer_ = std::thread([this] { SealUntilStopped(); });
}

void Journal::StopSealing() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  if (sealer_.joinable()) sealer_.join();
}

bool Journal::stopped() const {
  absl::MutexLock lock(&mutex_);
  return stop_;
}

void Journal::SealUntilStopped() {
  absl::Time poll = absl::InfinitePast();
  for (;;) {
    bool seal = false;
    {
      absl::MutexLock lock(&mutex_);
      const auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return written_ || stop_ || awaiting_ > 0;
      };
      mutex_.AwaitWithDeadline(absl::Condition(&due), poll);
      if (stop_) return;
      seal = std::exchange(written_, false) || absl::Now() >= poll;
    }
    const absl::Duration rest = seal ? SealSome() : LookAround();
    if (seal) poll = absl::Now() + kPoll;
    absl::MutexLock lock(&mutex_);
    const auto wanted = [this, seal]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return stop_ || (written_ && !seal);
    };
    mutex_.AwaitWithTimeout(absl::Condition(&wanted), rest);
  }
}

absl::Duration Journal::SealSome() {
  const absl::Time begin = absl::Now();
  const absl::StatusOr<int64_t> sealed = SealOnce();
  if (!sealed.ok()) {
    log::Warning("sealing failed", {{"status", Describe(sealed.status())}});
    return kPoll;
  }
  if (*sealed < kSealBatch) return PauseAfter(absl::Now() - begin);
  Wake();  // there may be more
  return absl::ZeroDuration();
}

absl::Duration Journal::LookAround() {
  const absl::StatusOr<int64_t> size = Size(absl::Now() + kPoll);
  if (!size.ok()) return kPoll;
  Learn(*size);
  return kLook;
}

absl::StatusOr<std::vector<v1::Entry>> Journal::ReadFrom(int64_t number, int limit,
                                                         const Filter& filter,
                                                         absl::Time deadline) {
  std::vector<v1::Entry> entries;
  JH_RETURN_IF_ERROR(db::Read(pool_, deadline, [&](db::Connection& connection) {
    entries.clear();
    const auto add = [&](const db::Row& row) {
      row.Parse(1, entries.emplace_back());
      entries.back().set_number(row.Int(0));
    };
    if (!filter.resource.empty()) {
      return connection.Select(kReadResource, {filter.resource, number, limit}, add).status();
    }
    if (!filter.alliance.empty()) {
      return connection.Select(kReadAlliance, {filter.alliance, number, limit}, add).status();
    }
    return connection.Select(kReadAll, {number, limit}, add).status();
  }));
  return entries;
}

absl::StatusOr<int64_t> Journal::Size(absl::Time deadline) {
  int64_t size = 0;
  JH_RETURN_IF_ERROR(db::Read(pool_, deadline, [&](db::Connection& connection) -> absl::Status {
    JH_ASSIGN_OR_RETURN(size, ReadSize(connection));
    return absl::OkStatus();
  }));
  return size;
}

int64_t Journal::AwaitNumber(int64_t number, absl::Time until) {
  absl::MutexLock lock(&mutex_);
  ++awaiting_;
  const auto there = [this, number]()
                         ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return size_ >= number || stop_; };
  mutex_.AwaitWithDeadline(absl::Condition(&there), std::min(until, absl::Now() + kPoll));
  --awaiting_;
  return size_;
}

}  // namespace jinhuan::journal
