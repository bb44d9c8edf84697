#pragma once

// For tests of the rotation: its service beside the others, an alliance of council members
// past their probation, and the clock on 2026-12-01.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "alliance-svc/rpc/rotation_keeper.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "alliance-svc/rpc/service_fixture.h"
#include "platform/api/time.h"

namespace jinhuan::alliance {

class RotationFixture : public ServiceFixture {
 protected:
  using Stub = v1::RotationService::Stub;

  static constexpr char kAlliance[] = "alliances/a1";

  static absl::Time At(int year, int month, int day, int hour = 0) {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Asia/Shanghai", &zone));
    return absl::FromCivil(absl::CivilHour(year, month, day, hour), zone);
  }

  RotationFixture() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&rotation_service_);
    rotation_server_ = builder.BuildAndStart();
    rotations_ = v1::RotationService::NewStub(rotation_server_->InProcessChannel({}));
    EmptyRotations();
    MakeAlliance("a1");
    clock_.Advance(At(2026, 12, 1) - clock_.Now());
  }

  void GoTo(absl::Time time) { clock_.Advance(time - clock_.Now()); }

  // A council member that joined long ago; its name.
  std::string AddUnit(const std::string& display_name) {
    v1::Member member;
    member.set_name(fmt::format("{}/members/{}", kAlliance, ids_.NewId()));
    member.set_display_name(display_name);
    member.set_sector(v1::SECTOR_COMPANY);
    member.set_tier(v1::TIER_COUNCIL);
    member.set_state(v1::Member::STATE_ACTIVE);
    member.set_liaison_phone("13812341234");
    *member.mutable_join_time() = api::ToProto(At(2020, 1, 1));
    Write([&](db::Connection& connection, const api::Call& call) {
      return stores_.members.Insert(connection, call, member).status();
    });
    return member.name();
  }

  std::vector<std::string> AddUnits(int count) {
    std::vector<std::string> units;
    for (int i = 1; i <= count; ++i) units.push_back(AddUnit(fmt::format("单位{}", i)));
    return units;
  }

  // Changes the state of a member as its service does.
  void SetState(const std::string& name, v1::Member::State state) {
    Write([&](db::Connection& connection, const api::Call& call) -> absl::Status {
      JH_ASSIGN_OR_RETURN(const v1::Member before, stores_.members.Get(connection, name));
      v1::Member after = before;
      after.set_state(state);
      return stores_.members.Update(connection, call, before, after, "测试").status();
    });
  }

  // Runs `body` in a transaction at the clock's time.
  template <class Body>
  void Write(Body&& body) {
    api::Call call;
    call.method = "test";
    call.caller.set_name("users/street");
    call.alliance = kAlliance;
    call.now = clock_.Now();
    call.deadline = absl::Now() + absl::Seconds(30);
    const absl::Status status =
        db::InTransaction(database_->pool(), call.deadline,
                          [&](db::Connection& connection) { return body(connection, call); });
    EXPECT_TRUE(status.ok()) << status;
  }

  TestCaller Liaison(const std::string& member) {
    return As(fmt::format("users/liaison-{}", member.substr(member.size() - 6)),
              auth::v1::ROLE_LIAISON, kAlliance, member);
  }

  absl::StatusOr<v1::RotationPlan> Plan(int terms, bool validate_only = false) {
    v1::PlanRotationRequest request;
    request.set_parent(kAlliance);
    request.set_term_count(terms);
    request.set_validate_only(validate_only);
    return Call(*rotations_, &Stub::PlanRotation, Street(kAlliance), request);
  }

  absl::StatusOr<v1::Rotation> Publish(const std::string& etag, const std::string& id = "") {
    v1::PublishRotationRequest request;
    request.set_parent(kAlliance);
    request.set_plan_etag(etag);
    request.set_reason("联席会议通过");
    request.set_request_id(id);
    return Call(*rotations_, &Stub::PublishRotation, Street(kAlliance), request);
  }

  // Plans and publishes `terms` terms.
  v1::Rotation PlanAndPublish(int terms) {
    const auto plan = Plan(terms);
    EXPECT_TRUE(plan.ok()) << plan.status();
    const auto rotation = Publish(plan.ok() ? plan->etag() : "");
    EXPECT_TRUE(rotation.ok()) << rotation.status();
    return rotation.value_or(v1::Rotation());
  }

  std::vector<v1::ChairTerm> Terms() {
    v1::ListChairTermsRequest request;
    request.set_parent(kAlliance);
    const auto terms = Call(*rotations_, &Stub::ListChairTerms, Street(kAlliance), request);
    EXPECT_TRUE(terms.ok()) << terms.status();
    if (!terms.ok()) return {};
    return {terms->chair_terms().begin(), terms->chair_terms().end()};
  }

  absl::StatusOr<v1::ActingChair> Acting(absl::Time time = absl::InfinitePast()) {
    v1::GetActingChairRequest request;
    request.set_parent(kAlliance);
    if (time != absl::InfinitePast()) *request.mutable_time() = api::ToProto(time);
    return Call(*rotations_, &Stub::GetActingChair, Street(kAlliance), request);
  }
  std::string WhoActs(absl::Time time = absl::InfinitePast()) {
    const auto acting = Acting(time);
    return acting.ok() ? acting->member() : ReasonOf(acting.status());
  }

  absl::StatusOr<v1::Rotation> GetRotation(const TestCaller& as) {
    v1::GetRotationRequest request;
    request.set_name(fmt::format("{}/rotation", kAlliance));
    return Call(*rotations_, &Stub::GetRotation, as, request);
  }
  v1::Rotation GetRotation() {
    const auto rotation = GetRotation(Street(kAlliance));
    EXPECT_TRUE(rotation.ok()) << rotation.status();
    return rotation.value_or(v1::Rotation());
  }

  int Keep() {
    const auto kept = RotationKeeper::Keep(database_->pool(), stores_, ids_, clock_.Now());
    EXPECT_TRUE(kept.ok()) << kept.status();
    return kept.value_or(0);
  }

  static void EmptyRotations() {
    const absl::Status status = db::InTransaction(
        database_->pool(), absl::Now() + absl::Seconds(30),
        [](db::Connection& connection) -> absl::Status {
          for (const char* table : {"rotation", "chair_term", "rotation_plan", "pool_entry",
                                    "waiver", "unavailability", "swap"}) {
            JH_RETURN_IF_ERROR(connection.Run(fmt::format("DELETE FROM {}", table)));
          }
          return absl::OkStatus();
        });
    ASSERT_TRUE(status.ok()) << status;
  }

  RotationService rotation_service_{runtime_, database_->pool(), stores_};
  std::unique_ptr<grpc::Server> rotation_server_;
  std::unique_ptr<v1::RotationService::Stub> rotations_;
};

}  // namespace jinhuan::alliance
