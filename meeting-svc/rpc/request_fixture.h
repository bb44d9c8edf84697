// What the tests of citizens' requests start from, in the words of the tests.
#pragma once

#include <string>
#include <vector>

#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {

// A picture of one pixel that says where it was taken.
inline const std::string kPng =
    std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\x0dIHDR", 8) + "1234567890123crc!" +
    std::string("\0\0\0\3tEXtGPScrc!", 15) + std::string("\0\0\0\1IDATxcrc!", 13) +
    std::string("\0\0\0\0IENDcrc!", 12);

class RequestTest : public ServiceTest {
 protected:
  static v1::CreateRequestRequest Report() {
    v1::CreateRequestRequest request = Under{kAlliance};
    request.mutable_request()->set_title("路灯不亮");
    request.mutable_request()->set_place("金穗路 12 号");
    request.mutable_request()->set_category(v1::REQUEST_CATEGORY_REPAIR);
    return request;
  }
  v1::Request CreateAs(const auth::v1::Caller& caller,
                       const v1::CreateRequestRequest& request = Report()) {
    return Do(&Requests::CreateRequest, caller, request);
  }
  v1::Request Create(const v1::CreateRequestRequest& request = Report()) {
    return CreateAs(kReporter, request);
  }
  v1::Request Get(const std::string& name, const auth::v1::Caller& caller = Street()) {
    return Do(&Requests::GetRequest, caller, Named{name});
  }

  static v1::DispatchRequestRequest Dispatching(const std::string& name, const std::string& unit,
                                                const std::string& reason = "") {
    v1::DispatchRequestRequest request = Named{name};
    request.set_member(Unit(unit));
    request.set_reason(reason);
    return request;
  }
  static v1::MergeRequestsRequest Merging(const std::string& into,
                                          const std::vector<std::string>& names) {
    v1::MergeRequestsRequest request = Named{into};
    request.mutable_merged_names()->Assign(names.begin(), names.end());
    request.set_reason("同一处");
    return request;
  }
  static v1::SplitRequestRequest Splitting(const std::string& name) {
    v1::SplitRequestRequest request = Named{name};
    request.set_reason("不是一回事");
    return request;
  }
  static v1::EscalateRequestRequest Escalating(const std::string& name, const std::string& body) {
    v1::EscalateRequestRequest request = Named{name};
    request.set_body(body);
    return request;
  }

  // Each tries, and says why it is refused; nothing when it is done.
  std::string Dispatch(const std::string& name, const std::string& unit,
                       const std::string& reason = "") {
    return Refusal(&Requests::DispatchRequest, Street(), Dispatching(name, unit, reason));
  }
  std::string Merge(const std::string& into, const std::vector<std::string>& names) {
    return Refusal(&Requests::MergeRequests, Street(), Merging(into, names));
  }
  std::string Split(const std::string& name) {
    return Refusal(&Requests::SplitRequest, Street(), Splitting(name));
  }
  std::string Start(const auth::v1::Caller& caller, const std::string& name) {
    return Refusal(&Requests::StartRequest, caller, Named{name});
  }
  std::string Resolve(const auth::v1::Caller& caller, const std::string& name) {
    v1::ResolveRequestRequest request = Named{name};
    request.set_result("已更换灯泡");
    request.add_photos(kPng);
    return Refusal(&Requests::ResolveRequest, caller, request);
  }
  std::string Rate(const auth::v1::Caller& caller, const std::string& name, int rating = 5) {
    v1::RateRequestRequest request = Named{name};
    request.set_rating(rating);
    return Refusal(&Requests::RateRequest, caller, request);
  }

  static v1::ListRequestsRequest ListOf(v1::RequestView view) {
    v1::ListRequestsRequest request = Under{kAlliance};
    request.set_view(view);
    return request;
  }
  std::vector<std::string> List(const auth::v1::Caller& caller,
                                const v1::ListRequestsRequest& request) {
    std::vector<std::string> names;
    const auto page = Do(&Requests::ListRequests, caller, request);
    for (const v1::Request& each : page.requests()) names.push_back(each.name());
    return names;
  }
  std::vector<std::string> List(const auth::v1::Caller& caller, v1::RequestView view) {
    return List(caller, ListOf(view));
  }
  // How many requests the clock moved on at `now`.
  int Steps(absl::Time now) { return RequestKeeper::Keep(keeper_, now).value_or(-1); }

  const auth::v1::Caller kReporter = Person("reporter", auth::v1::ROLE_STAFF, "m1");
  const auth::v1::Caller kNeighbour = Person("neighbour", auth::v1::ROLE_STAFF, "m1");
  const auth::v1::Caller kUnit = Liaison("m2");
  const auth::v1::Caller kOtherUnit = Liaison("m3");
  const RequestKeeper::Deps keeper_{database_.pool(), stores_.requests, ids_, clock_};
};

}  // namespace jinhuan::meeting
