#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/events/kinds.h"

namespace jinhuan::gateway {

using Events = std::vector<std::shared_ptr<const Told>>;

// The newest events of several journals, once for all readers: each reader goes through
// them at its own pace and keeps nothing but how far it is, so a slow one costs no memory
// and holds up no other. One that falls behind what is kept is told so. Thread-safe.
class EventHub {
 public:
  // By journal the number of the next entry that is wanted; 0: none was known yet. Once it is,
  // nobody can say what came since, so such a position is out of range.
  using Position = std::vector<int64_t>;

  // Somebody who reads. Take, Await and Leave are called for it by one thread at a time,
  // but for Leave, which any thread may call once.
  class Reader {
   public:
    virtual ~Reader() = default;
    // There is something to take, or it has waited for long: ends a wait. Called from
    // any thread; must be quick.
    virtual void OnNews() = 0;

   protected:
    Position position_;

   private:
    friend class EventHub;
    bool left_ = false;
  };

  // Keeps `kept` events of each journal, at least 1.
  EventHub(size_t journals, size_t kept) : logs_(journals), kept_(kept) {}

  // What was read of a journal next: the events of the entries from `first` to before
  // `next`, in order. Goes on where the last call for the journal ended, but for the first
  // call, and the first after Forget.
  void Append(size_t journal, int64_t first, int64_t next, Events events);
  // Drops what is known of a journal that turned out to be another than it was.
  void Forget(size_t journal);
  // What Append is to go on with; 0: nothing is known.
  int64_t Next(size_t journal) const;

  // Behind all that was appended.
  Position End() const;

  // At most `most` events of each journal that the reader has not taken, in the order of
  // their journal; moves the reader on. OUT_OF_RANGE / NUMBER_OUT_OF_RANGE where they are
  // not kept, or its position is none of these journals'. CANCELLED once it has left.
  absl::StatusOr<Events> Take(Reader& reader, size_t most) const;
  // Waits for news, for a reader that has waited since `since`: false when there are some
  // or it has left. After true, the reader may be called at once and is not to be touched.
  bool Await(Reader& reader, absl::Time since);
  // Leaves for ever; true when that ended a wait, so that OnNews won't be called.
  bool Leave(Reader& reader);
  // Calls all who have waited since before `before`.
  void WakeWhoWaitsSince(absl::Time before);

  // How many wait.
  size_t waiting() const;

 private:
  struct Log {
    int64_t first = 0;  // the oldest entry that is known; 0: nothing is
    int64_t next = 0;   // behind the newest
    std::deque<std::shared_ptr<const Told>> events;
  };

  bool HasNews(const Position& position) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::vector<Log> logs_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Reader*, absl::Time> waiting_ ABSL_GUARDED_BY(mutex_);
  const size_t kept_;
};

// A position as a client keeps it, and back: `size` numbers; nothing for any other text.
std::string TokenOf(const EventHub::Position& position);
std::optional<EventHub::Position> PositionOf(std::string_view token, size_t size);

}  // namespace jinhuan::gateway
