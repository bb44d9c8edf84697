#include "gateway/events/hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {

void EventHub::Append(size_t journal, int64_t first, int64_t next, Events events) {
  absl::flat_hash_map<Reader*, absl::Time> woken;
  {
    absl::MutexLock lock(&mutex_);
    Log& log = logs_[journal];
    if (log.first == 0) log.first = first;
    log.next = next;
    log.events.insert(log.events.end(), std::make_move_iterator(events.begin()),
                      std::make_move_iterator(events.end()));
    while (log.events.size() > kept_) {
      log.first = log.events.front()->event.number() + 1;
      log.events.pop_front();
    }
    waiting_.swap(woken);
  }
  for (const auto& [reader, since] : woken) reader->OnNews();
}

void EventHub::Forget(size_t journal) {
  absl::MutexLock lock(&mutex_);
  logs_[journal] = Log();
}

int64_t EventHub::Next(size_t journal) const {
  absl::ReaderMutexLock lock(&mutex_);
  return logs_[journal].next;
}

EventHub::Position EventHub::End() const {
  absl::ReaderMutexLock lock(&mutex_);
  Position end;
  for (const Log& log : logs_) end.push_back(log.next);
  return end;
}

absl::StatusOr<Events> EventHub::Take(Reader& reader, size_t most) const {
  absl::ReaderMutexLock lock(&mutex_);
  if (reader.left_) return absl::CancelledError("the reader has left");
  Events taken;
  for (size_t i = 0; i < logs_.size(); ++i) {
    const Log& log = logs_[i];
    int64_t& at = reader.position_[i];
    if (log.next == 0) continue;
    if (at < log.first || at > log.next) {
      return Error(error::v1::COMMON_REASON_NUMBER_OUT_OF_RANGE,
                   {{"number", std::to_string(at)}, {"last", std::to_string(log.next - 1)}});
    }
    auto next = std::lower_bound(
        log.events.begin(), log.events.end(), at,
        [](const auto& told, int64_t number) { return told->event.number() < number; });
    for (size_t n = 0; n < most && next != log.events.end(); ++n) taken.push_back(*next++);
    at = next == log.events.end() ? log.next : (*next)->event.number();
  }
  return taken;
}

bool EventHub::HasNews(const Position& position) const {
  for (size_t i = 0; i < logs_.size(); ++i) {
    if (logs_[i].next != 0 && position[i] != logs_[i].next) return true;
  }
  return false;
}

bool EventHub::Await(Reader& reader, absl::Time since) {
  absl::MutexLock lock(&mutex_);
  if (reader.left_ || HasNews(reader.position_)) return false;
  waiting_.emplace(&reader, since);
  return true;
}

bool EventHub::Leave(Reader& reader) {
  absl::MutexLock lock(&mutex_);
  reader.left_ = true;
  return waiting_.erase(&reader) > 0;
}

void EventHub::WakeWhoWaitsSince(absl::Time before) {
  std::vector<Reader*> woken;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [reader, since] : waiting_) {
      if (since < before) woken.push_back(reader);
    }
    for (Reader* reader : woken) waiting_.erase(reader);
  }
  for (Reader* reader : woken) reader->OnNews();
}

size_t EventHub::waiting() const {
  absl::ReaderMutexLock lock(&mutex_);
  return waiting_.size();
}

std::string TokenOf(const EventHub::Position& position) {
  return fmt::format("{}", fmt::join(position, "."));
}

std::optional<EventHub::Position> PositionOf(std::string_view token, size_t size) {
  EventHub::Position position;
  const char* at = token.data();
  const char* const end = at + token.size();
  for (;;) {
    int64_t number = -1;
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error != std::errc() || number < 0 || position.size() == size) return std::nullopt;
    position.push_back(number);
    if (behind == end) break;
    if (*behind != '.') return std::nullopt;
    at = behind + 1;
  }
  if (position.size() != size) return std::nullopt;
  return position;
}

}  // namespace jinhuan::gateway
