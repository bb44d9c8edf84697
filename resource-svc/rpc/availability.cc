#include "resource-svc/rpc/availability.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_rules.h"
#include "resource-svc/domain/distance.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/names.h"
#include "resource-svc/storage/supply_store.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kLongestSearch = absl::Hours(31 * 24);
// A page ends early past so many slots: gRPC clients take 4 MiB, and one facility
// has at most 9,000 (a month of 5 minutes) of about 200 bytes.
constexpr int kMaxSlots = 8000;
// The same for compact slots, of some 35 bytes: 100 facilities, 31 days, 24 hours and the rest.
constexpr int kMaxCompactSlots = 80'000;
constexpr int kLargestRadius = 50'000;
constexpr int kMostFacilities = 1000;  // that are looked at for those near a place

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
  if (request.has_near()) {
    violations.Check("near", IsPlace(request.near()), "a place on earth", "有效的经纬度");
    violations.Check("radius_m", request.radius_m() >= 1 && request.radius_m() <= kLargestRadius,
                     "1 to 50000", "1 至 50000 米");
  }
  if (!request.facility().empty() &&
      api::MatchName("alliances/*/facilities/*", request.facility(), "facility", violations)) {
    violations.Check("facility", api::AllianceOf(request.facility()) == call.alliance,
                     "a facility of the parent", "本联盟的共享资源");
  }
  return violations.ToStatus();
}

// How far a facility is, as a page of those near a place tells: in millimetres.
int64_t DistanceOf(const v1::SearchAvailabilityRequest& request, const v1::Facility& facility) {
  return std::llround(MetresBetween(request.near(), facility.location()) * 1000);
}

// What a page ends with.
std::vector<std::string> PageKey(const v1::SearchAvailabilityRequest& request,
                                 const v1::Facility& facility) {
  const std::string id = LastId(facility.name());
  if (!request.has_near()) return {id};
  return {std::to_string(DistanceOf(request, facility)), id};
}

}  // namespace

absl::StatusOr<v1::SearchAvailabilityResponse> Availability::Find(
    const api::Call& call, const v1::SearchAvailabilityRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request));
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, request.has_near() ? 2 : 1));
  const int most = request.compact() ? kMaxCompactSlots : kMaxSlots;
  Search search{.call = call,
                .request = request,
                .from = api::FromProto(request.start_time()),
                .to = api::FromProto(request.end_time())};
  v1::SearchAvailabilityResponse response;
  JH_RETURN_IF_ERROR(
      db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
        response.Clear();
        JH_ASSIGN_OR_RETURN(std::vector<v1::Facility> facilities,
                            FindFacilities(request, page, connection));
        if (facilities.empty()) return absl::OkStatus();
        // Slots that overlap the time asked for may begin before it and end after it.
        JH_ASSIGN_OR_RETURN(
            search.closures,
            closures_.InForce(connection, call.alliance, search.from - SupplyStore::kLongestOpening,
                              search.to + SupplyStore::kLongestOpening));
        JH_ASSIGN_OR_RETURN(search.rules, MemberStore::Rules(connection, call.alliance));
        const auto [first, last] =
            std::minmax_element(facilities.begin(), facilities.end(),
                                [](const auto& a, const auto& b) { return a.name() < b.name(); });
        JH_ASSIGN_OR_RETURN(std::vector<v1::Window> found,
                            windows_.ListBetween(connection, first->name(), last->name()));
        std::map<std::string, std::vector<v1::Window>> windows;
        for (v1::Window& window : found) {
          windows[ParentOf(window.name())].push_back(std::move(window));
        }
        int slots = 0;
        for (size_t i = 0; i < facilities.size(); ++i) {
          if (i == static_cast<size_t>(page.size) || slots > most) {
            response.set_next_page_token(
                api::NextPageToken(request, PageKey(request, facilities[i - 1])));
            break;
          }
          const int before = response.facilities_size();
          JH_RETURN_IF_ERROR(AddFacility(search, facilities[i], windows[facilities[i].name()],
                                         connection, response));
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
  if (request.has_near()) return FindNear(request, page, connection);
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

absl::StatusOr<std::vector<v1::Facility>> Availability::FindNear(
    const v1::SearchAvailabilityRequest& request, const api::Page& page,
    db::Connection& connection) {
  using Place = std::pair<int64_t, std::string>;  // how far, and the id
  Place after{-1, ""};
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(after.first, api::NumberOf(page.after[0]));
    after.second = page.after[1];
  }
  JH_ASSIGN_OR_RETURN(std::vector<v1::Facility> facilities,
                      facilities_.List(connection, request.parent(), request.kind(),
                                       {.size = kMostFacilities, .after = {}}));
  std::map<Place, v1::Facility> near;
  for (v1::Facility& facility : facilities) {
    if (!facility.has_location()) continue;
    if (!request.facility().empty() && facility.name() != request.facility()) continue;
    const Place place{DistanceOf(request, facility), LastId(facility.name())};
    if (place.first <= int64_t{request.radius_m()} * 1000 && place > after) {
      near.emplace(place, std::move(facility));
    }
  }
  facilities.clear();
  for (auto& [place, facility] : near) facilities.push_back(std::move(facility));
  return facilities;
}

absl::Status Availability::AddFacility(const Search& search, const v1::Facility& facility,
                                       const std::vector<v1::Window>& windows,
                                       db::Connection& connection,
                                       v1::SearchAvailabilityResponse& response) {
  const auto zone = FindTimeZone(facility.time_zone());
  if (!zone.has_value()) return absl::InternalError("the time zone of a facility is gone");
  v1::FacilityAvailability availability;
  for (const v1::Window& window : windows) {
    JH_RETURN_IF_ERROR(
        AddSlots(search, {facility, window, *zone, 0, search.rules}, connection, availability));
  }
  if (availability.slots().empty()) return absl::OkStatus();
  std::stable_sort(availability.mutable_slots()->begin(), availability.mutable_slots()->end(),
                   [](const v1::SlotAvailability& a, const v1::SlotAvailability& b) {
                     return a.start_time().seconds() < b.start_time().seconds();
                   });
  *availability.mutable_facility() = facility;
  if (search.request.has_near()) {
    availability.set_distance_m(
        static_cast<int>(std::lround(MetresBetween(search.request.near(), facility.location()))));
  }
  *response.add_facilities() = std::move(availability);
  return absl::OkStatus();
}

absl::Status Availability::AddSlots(const Search& search, const Supply& supply,
                                    db::Connection& connection,
                                    v1::FacilityAvailability& availability) {
  const v1::Window& window = supply.window;
  const std::vector<Slot> slots = CalendarOf(supply).SlotsOverlapping(search.from, search.to);
  if (slots.empty()) return absl::OkStatus();
  const bool may_book = MayBook(window, search.call.caller, search.call.alliance);
  if (search.request.bookable_only() && !may_book) return absl::OkStatus();
  // One short range of the key for each window. One query over all of them would have to
  // join, and a join reads a window's slots of all times.
  JH_ASSIGN_OR_RETURN(
      const SlotCounts counts,
      slots_.Counts(connection, window.name(), slots.front().start, slots.back().end));
  if (search.request.compact()) availability.add_windows(window.name());
  for (const Slot& slot : slots) {
    const auto counted = counts.find(slot.start);
    const auto closure =
        std::find_if(search.closures.begin(), search.closures.end(), [&](const v1::Closure& one) {
          return Closes(one, window.name()) && OverlapsOneOf(slot, {IntervalOf(one)});
        });
    const bool closed = closure != search.closures.end();
    const SlotCount count =
        counted != counts.end() ? counted->second : SlotCount{0, closed ? 0 : window.capacity()};
    // What comes free is there for those who wait.
    const int free = count.waiting > 0 ? 0 : count.capacity - count.used;
    auto state = StateOf(supply, slot, free, may_book, search.call.now);
    if (closed && state != v1::SlotAvailability::STATE_PAST) {
      state = v1::SlotAvailability::STATE_CLOSED;
    }
    const bool drawn = !window.has_lottery() || counted != counts.end();
    if (!drawn && (state == v1::SlotAvailability::STATE_BOOKABLE ||
                   state == v1::SlotAvailability::STATE_FULL)) {
      state = v1::SlotAvailability::STATE_LOTTERY;
    }
    if (search.request.bookable_only() && state != v1::SlotAvailability::STATE_BOOKABLE) continue;
    v1::SlotAvailability& added = *availability.add_slots();
    if (search.request.compact()) {
      added.set_window_index(availability.windows_size() - 1);
    } else {
      added.set_window(window.name());
    }
    *added.mutable_start_time() = api::ToProto(slot.start);
    *added.mutable_end_time() = api::ToProto(slot.end);
    added.set_free(free);
    added.set_capacity(count.capacity);
    added.set_price_fen(PriceOf(supply, slot));
    added.set_state(state);
    if (state == v1::SlotAvailability::STATE_LOTTERY) {
      *added.mutable_lottery_close_time() =
          api::ToProto(LotteryCloseTime(supply, CalendarOf(supply).OpeningAt(slot.start)));
    }
    if (state == v1::SlotAvailability::STATE_CLOSED) added.set_closure_reason(closure->reason());
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
