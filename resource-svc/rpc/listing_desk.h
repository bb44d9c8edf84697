#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "jinhuan/resource/v1/exchange_service.pb.h"
#include "platform/api/page.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/exchange_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/storage/listing_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {

// What differs between the two lists.
struct NeedList {
  using Listing = v1::Need;
  using ListResponse = v1::ListNeedsResponse;
  static constexpr char kField[] = "need";
  static constexpr char kPattern[] = "alliances/*/needs/*";
  template <class Request>
  static const v1::Need& Of(const Request& request) {
    return request.need();
  }
  static auto& Rows(ListResponse& response) { return *response.mutable_needs(); }
};
struct OfferList {
  using Listing = v1::Offer;
  using ListResponse = v1::ListOffersResponse;
  static constexpr char kField[] = "offer";
  static constexpr char kPattern[] = "alliances/*/offers/*";
  template <class Request>
  static const v1::Offer& Of(const Request& request) {
    return request.offer();
  }
  static auto& Rows(ListResponse& response) { return *response.mutable_offers(); }
};

// The methods of ExchangeService on one of the two lists. Thread-safe.
template <class Kind>
class ListingDesk {
 public:
  using Listing = typename Kind::Listing;

  ListingDesk(db::Pool& pool, IdSource& ids, ListingStore<Listing>& listings)
      : pool_(pool), ids_(ids), listings_(listings) {}

  template <class Request>
  absl::StatusOr<Listing> Create(const api::Call& call, const Request& request) {
    Listing listing = Kind::Of(request);
    Violations violations;
    api::MatchName("alliances/*", request.parent(), "parent", violations);
    CheckOwnName(call, kMemberPattern, listing.member(), Field("member"), violations);
    CheckListing(listing, violations);
    JH_RETURN_IF_ERROR(violations.ToStatus());
    JH_ASSIGN_OR_RETURN(const std::string unit,
                        ActingUnit(call, listing.member(), Field("member")));
    listing.set_member(unit);
    listing.set_name(fmt::format("{}/{}s/{}", request.parent(), Kind::kField, ids_.NewId()));
    listing.set_quantity(std::max(listing.quantity(), 1));
    listing.clear_withdraw_reason();
    *listing.mutable_create_time() = api::ToProto(call.now);
    return api::Write<Listing>(
        pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Listing> {
          JH_RETURN_IF_ERROR(CheckActiveUnit(connection, call, members_, unit));
          return listings_.Create(connection, call, listing);
        });
  }

  absl::StatusOr<Listing> Get(const api::Call& call, const std::string& name) {
    JH_RETURN_IF_ERROR(api::RequireName(Kind::kPattern, name).status());
    return db::Read<Listing>(pool_, call.deadline, [&](db::Connection& connection) {
      return listings_.Get(connection, name);
    });
  }

  template <class Request>
  absl::StatusOr<typename Kind::ListResponse> List(const api::Call& call, const Request& request) {
    Violations violations;
    api::MatchName("alliances/*", request.parent(), "parent", violations);
    CheckOwnName(call, kMemberPattern, request.member(), "member", violations);
    violations.Check("category", v1::ExchangeCategory_IsValid(request.category()),
                     "a known category", "有效的类别");
    violations.Check("state", v1::ListingState_IsValid(request.state()), "a known state",
                     "有效的状态");
    JH_RETURN_IF_ERROR(violations.ToStatus());
    JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
    const ListingFilter filter{request.category(), request.state(), request.member()};
    JH_ASSIGN_OR_RETURN(
        auto listings,
        db::Read<std::vector<Listing>>(pool_, call.deadline, [&](db::Connection& connection) {
          return listings_.List(connection, call.alliance, filter, page);
        }));
    typename Kind::ListResponse response;
    response.set_next_page_token(api::FillPage(
        request, page, listings, Kind::Rows(response),
        [](const Listing& listing) { return std::vector<std::string>{LastId(listing.name())}; }));
    return response;
  }

  template <class Request>
  absl::StatusOr<Listing> Update(const api::Call& call, const Request& request) {
    const std::string& name = Kind::Of(request).name();
    JH_RETURN_IF_ERROR(api::RequireName(Kind::kPattern, name, Field("name")).status());
    return api::Write<Listing>(
        pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Listing> {
          JH_ASSIGN_OR_RETURN(const Listing before, OwnListing(call, connection, name));
          Listing after = before;
          JH_RETURN_IF_ERROR(
              api::ApplyMask(request.update_mask(), ListingFields(), Kind::Of(request), after));
          after.set_quantity(std::max(after.quantity(), 1));
          Violations violations;
          CheckListing(after, violations);
          const int claimed = before.quantity() - before.remaining_quantity();
          violations.Check(Field("quantity"), after.quantity() >= claimed,
                           fmt::format("{} or more, which is claimed", claimed),
                           fmt::format("不少于已认领的 {}", claimed));
          JH_RETURN_IF_ERROR(violations.ToStatus());
          JH_RETURN_IF_ERROR(api::CheckEtag(Kind::Of(request).etag(), before.etag(), name));
          return listings_.Update(connection, call, before, after);
        });
  }

  template <class Request>
  absl::StatusOr<Listing> Withdraw(const api::Call& call, const Request& request) {
    Violations violations;
    api::MatchName(Kind::kPattern, request.name(), "name", violations);
    violations.CheckText("reason", request.reason(), 1, 200);
    JH_RETURN_IF_ERROR(violations.ToStatus());
    return api::Write<Listing>(
        pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<Listing> {
          JH_ASSIGN_OR_RETURN(const Listing before, OwnListing(call, connection, request.name()));
          if (before.waiting_count() > 0) {
            return Error(
                v1::ERROR_REASON_CLAIMS_WAITING,
                {{"name", before.name()}, {"count", fmt::to_string(before.waiting_count())}});
          }
          return listings_.Withdraw(connection, call, before, request.reason());
        });
  }

 private:
  static std::string Field(std::string_view field) {
    return fmt::format("{}.{}", Kind::kField, field);
  }

  // A listing that the caller may change. Everyone may see it, so it is no secret that it
  // is there.
  absl::StatusOr<Listing> OwnListing(const api::Call& call, db::Connection& connection,
                                     const std::string& name) {
    JH_ASSIGN_OR_RETURN(Listing listing, listings_.Get(connection, name));
    if (!call.Covers("", listing.member())) {
      return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
    }
    JH_RETURN_IF_ERROR(CheckState(listing, {v1::LISTING_STATE_OPEN, v1::LISTING_STATE_TAKEN}));
    return listing;
  }

  db::Pool& pool_;
  IdSource& ids_;
  ListingStore<Listing>& listings_;
  MemberStore members_;
};

}  // namespace jinhuan::resource
