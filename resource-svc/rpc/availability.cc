#include "resource-svc/rpc/availability.h"

#include <algorithm>
#include <map>

#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kLongestSearch = absl::Hours(31 * 24);
// A page ends early past so many slots: gRPC clients take 4 MiB, and one facility
// has at most 9,000 (a month of 5 minutes) of about 200 bytes.
constexpr int kMaxSlots = 8000;

absl::Status CheckRequest(const api::Call& call, const v1::SearchAvailabilityRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  const bool complete = violations.Require("start_time", request.has_start_time()) &
                        violations.Require("end_time", request.has_end_time());
  if (complete) {
    const bool valid = violations.Check("start_time", IsTime(request.start_time()),
                                        "a time from 1970 to 9999", "有效的时间");
    const absl::Duration length =
        api::FromProto(request.end_time()) - api::FromProto(request.start_time());
    violations.Check("end_time",
                     valid && IsTime(request.end_time()) && length > absl::ZeroDuration() &&
                         length <= kLongestSearch,
                     "after start_time, at most 31 days", "晚于开始时间，且不超过 31 天");
  }
  violations.Check("kind", v1::FacilityKind_IsValid(request.kind()), "a known kind",
                   "有效的资源类型");
  if (!request.facility().empty() &&
      api::MatchName("alliances/*/facilities/*", request.facility(), "facility", violations)) {
    violations.Check("facility", api::AllianceOf(request.facility()) == call.alliance,
                     "a facility of the parent", "本联盟的共享资源");
  }
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<v1::SearchAvailabilityResponse> Availability::Search(
    const api::Call& call, const v1::SearchAvailabilityRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  const Interval interval = {api::FromProto(request.start_time()),
                             api::FromProto(request.end_time())};
  v1::SearchAvailabilityResponse response;
  JH_RETURN_IF_ERROR(
      db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
        response.Clear();
        JH_ASSIGN_OR_RETURN(std::vector<v1::Facility> facilities,
                            FindFacilities(request, page, connection));
        if (facilities.empty()) return absl::OkStatus();
        JH_ASSIGN_OR_RETURN(
            std::vector<v1::Window> found,
            windows_.ListBetween(connection, facilities.front().name(), facilities.back().name()));
        std::map<std::string, std::vector<v1::Window>> windows;
        for (v1::Window& window : found) {
          windows[ParentOf(window.name())].push_back(std::move(window));
        }
        int slots = 0;
        for (size_t i = 0; i < facilities.size(); ++i) {
          if (i == static_cast<size_t>(page.size) || slots > kMaxSlots) {
            response.set_next_page_token(
                api::NextPageToken(request, {LastId(facilities[i - 1].name())}));
            break;
          }
          const int before = response.facilities_size();
          JH_RETURN_IF_ERROR(AddFacility(call, interval, facilities[i],
                                         windows[facilities[i].name()], connection, response));
          if (response.facilities_size() > before)
            slots += response.facilities(before).slots_size();
        }
        return absl::OkStatus();
      }));
  return response;
}

absl::StatusOr<std::vector<v1::Facility>> Availability::FindFacilities(
    const v1::SearchAvailabilityRequest& request, const api::Page& page,
    db::Connection& connection) {
  if (request.facility().empty()) {
    return facilities_.List(connection, request.parent(), request.kind(), page);
  }
  std::vector<v1::Facility> one;
  absl::StatusOr<v1::Facility> facility = facilities_.Get(connection, request.facility());
  if (absl::IsNotFound(facility.status())) return one;
  JH_RETURN_IF_ERROR(facility.status());
  const bool wanted =
      request.kind() == v1::FACILITY_KIND_UNSPECIFIED || request.kind() == facility->kind();
  if (wanted && page.first()) one.push_back(*std::move(facility));
  return one;
}

absl::Status Availability::AddFacility(const api::Call& call, const Interval& interval,
                                       const v1::Facility& facility,
                                       const std::vector<v1::Window>& windows,
                                       db::Connection& connection,
                                       v1::SearchAvailabilityResponse& response) {
  const auto zone = FindTimeZone(facility.time_zone());
  if (!zone.has_value()) return absl::InternalError("the time zone of a facility is gone");
  v1::FacilityAvailability availability;
  for (const v1::Window& window : windows) {
    const Supply supply = {facility, window, *zone};
    const std::vector<Slot> slots =
        WindowCalendar(window, *zone).SlotsOverlapping(interval.from, interval.to);
    if (slots.empty()) continue;
    // One short range of the key for each window. One query over all of them
    // would have to join, and a join reads a window's slots of all times.
    JH_ASSIGN_OR_RETURN(
        const SlotCounts counts,
        slots_.Counts(connection, window.name(), slots.front().start, slots.back().end));
    const bool may_book = MayBook(window, call.caller, call.alliance);
    for (const Slot& slot : slots) {
      const auto counted = counts.find(slot.start);
      const SlotCount count =
          counted == counts.end() ? SlotCount{0, window.capacity()} : counted->second;
      const int free = count.capacity - count.used;
      v1::SlotAvailability& added = *availability.add_slots();
      added.set_window(window.name());
      *added.mutable_start_time() = api::ToProto(slot.start);
      *added.mutable_end_time() = api::ToProto(slot.end);
      added.set_free(free);
      added.set_capacity(count.capacity);
      added.set_price_fen(window.price_fen());
      added.set_state(StateOf(supply, slot, free, may_book, call.now));
    }
  }
  if (availability.slots().empty()) return absl::OkStatus();
  std::stable_sort(availability.mutable_slots()->begin(), availability.mutable_slots()->end(),
                   [](const v1::SlotAvailability& a, const v1::SlotAvailability& b) {
                     return a.start_time().seconds() < b.start_time().seconds();
                   });
  *availability.mutable_facility() = facility;
  *response.add_facilities() = std::move(availability);
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
