// RotationService: plans, their publication and their explanation.
#include "alliance-svc/rpc/rotation_service.h"

#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_drafting.h"
#include "alliance-svc/domain/rotation_publication.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/rpc/street.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kParent[] = "alliances/*";
constexpr char kTerm[] = "alliances/*/chairTerms/*";

// How often a draft is made when what it was made from changes meanwhile.
constexpr int kPlanAttempts = 4;

absl::Status Missing(const std::string& name) {
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

}  // namespace

RotationService::RotationService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores)
    : handler_(runtime, v1::RotationService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores),
      rotations_(stores.rotations) {}

absl::StatusOr<chair::Record> RotationService::Read(
    const api::Call& call, const std::string& alliance,
    std::optional<internal::v1::StoredPlan>* draft) {
  const auto read = [&] {
    return db::ReadSnapshot<chair::Record>(
        pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<chair::Record> {
          JH_ASSIGN_OR_RETURN(chair::Record record,
                              rotations_.Read(connection, alliance, call.now));
          if (draft == nullptr || record.body.draft().empty()) return record;
          JH_ASSIGN_OR_RETURN(*draft,
                              rotations_.plans.Get(connection, alliance, record.body.draft()));
          return record;
        });
  };
  JH_ASSIGN_OR_RETURN(chair::Record record, read());
  if (!record.seed.empty()) return record;
  // An alliance that is older than rotations.
  JH_RETURN_IF_ERROR(db::InTransaction(pool_, call.deadline, [&](db::Connection& connection) {
    return rotations_.Ensure(connection, alliance, call.now);
  }));
  return read();
}

grpc::Status RotationService::GetRotation(grpc::ServerContext* context,
                                          const v1::GetRotationRequest* request,
                                          v1::Rotation* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Rotation> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*/rotation", request->name()).status());
        std::optional<internal::v1::StoredPlan> draft;
        JH_ASSIGN_OR_RETURN(const chair::Record record,
                            Read(call, api::AllianceOf(request->name()), &draft));
        v1::Rotation rotation = chair::ViewRotation(record, call.now, true);
        if (draft.has_value() && IsStreet(call)) {
          *rotation.mutable_draft() = chair::ViewDraft(record, *draft, call.now);
        }
        return rotation;
      });
}

absl::StatusOr<v1::RotationPlan> RotationService::KeepDraft(db::Connection& connection,
                                                            const api::Call& call,
                                                            const v1::PlanRotationRequest& request,
                                                            internal::v1::StoredPlan draft) {
  JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                      rotations_.Claim(connection, call, request.parent()));
  chair::Record& record = claimed.record;
  if (chair::IsStale(record, draft, claimed.now)) {
    return Error(v1::ERROR_REASON_ROTATION_DRAFT_STALE);
  }
  const std::string id = ids_.NewId();
  draft.mutable_plan()->set_etag(id);
  JH_RETURN_IF_ERROR(rotations_.plans.Delete(connection, record.alliance, record.body.draft()));
  JH_RETURN_IF_ERROR(rotations_.plans.Insert(connection, record.alliance, id, draft));
  record.body.set_draft(id);
  JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, ""));
  return chair::ViewDraft(record, draft, claimed.now);
}

grpc::Status RotationService::PlanRotation(grpc::ServerContext* context,
                                           const v1::PlanRotationRequest* request,
                                           v1::RotationPlan* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RotationPlan> {
        Violations violations;
        api::MatchName(kParent, request->parent(), "parent", violations);
        chair::CheckPlanRequest(*request, violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        for (int attempt = 1;; ++attempt) {
          // Outside of the transaction: it may take its time, and nobody waits for it.
          JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, request->parent()));
          const absl::StatusOr<internal::v1::StoredPlan> draft =
              chair::MakeDraft(record, *request, call.now);
          if (request->validate_only() && draft.ok()) return draft->plan();
          if (request->validate_only()) return draft.status();
          // Why there is no draft is judged in here: a repetition gets the first answer.
          absl::StatusOr<v1::RotationPlan> kept = api::Write<v1::RotationPlan>(
              pool_, call, *request,
              [&](db::Connection& connection) -> absl::StatusOr<v1::RotationPlan> {
                JH_RETURN_IF_ERROR(draft.status());
                return KeepDraft(connection, call, *request, *draft);
              });
          // Something changed while it was planned.
          const bool again = ReasonOf(kept.status()) == "ROTATION_DRAFT_STALE";
          if (!again || attempt == kPlanAttempts) return kept;
        }
      });
}

absl::StatusOr<v1::Rotation> RotationService::Publish(db::Connection& connection,
                                                      const api::Call& call,
                                                      const v1::PublishRotationRequest& request) {
  JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                      rotations_.Claim(connection, call, request.parent()));
  chair::Record& record = claimed.record;
  const std::string id = record.body.draft();
  if (id.empty()) return Error(v1::ERROR_REASON_ROTATION_DRAFT_MISSING);
  JH_RETURN_IF_ERROR(api::CheckEtag(request.plan_etag(), id, record.alliance + "/rotation"));
  JH_ASSIGN_OR_RETURN(const internal::v1::StoredPlan draft,
                      rotations_.plans.Get(connection, record.alliance, id));
  if (chair::IsStale(record, draft, claimed.now)) {
    return Error(v1::ERROR_REASON_ROTATION_DRAFT_STALE);
  }
  chair::Publish(record, draft, id, request.reason(), rotations_.NewSeed(), claimed.now);
  chair::Settle(record, claimed.now);
  JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, request.reason()));
  return chair::ViewRotation(record, claimed.now, true);
}

grpc::Status RotationService::PublishRotation(grpc::ServerContext* context,
                                              const v1::PublishRotationRequest* request,
                                              v1::Rotation* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Rotation> {
                          Violations violations;
                          api::MatchName(kParent, request->parent(), "parent", violations);
                          violations.Require("plan_etag", !request->plan_etag().empty());
                          CheckReason(request->reason(), violations);
                          JH_RETURN_IF_ERROR(violations.ToStatus());
                          return api::Write<v1::Rotation>(
                              pool_, call, *request, [&](db::Connection& connection) {
                                return Publish(connection, call, *request);
                              });
                        });
}

grpc::Status RotationService::ExplainChairTerm(grpc::ServerContext* context,
                                               const v1::ExplainChairTermRequest* request,
                                               v1::Explanation* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Explanation> {
        const std::string& name = request->name();
        JH_RETURN_IF_ERROR(api::RequireName(kTerm, name).status());
        if (request->draft() && !IsStreet(call)) {
          return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
        }
        std::optional<internal::v1::StoredPlan> draft;
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, call.alliance, &draft));
        if (request->draft()) {
          if (!draft.has_value()) return Missing(name);
          const v1::RotationPlan plan = chair::ViewDraft(record, *draft, call.now);
          for (const v1::ChairTerm& term : plan.terms()) {
            if (term.name() != name) continue;
            return explainer_.Explain(record.body.draft(), *draft, term, call.deadline);
          }
          return Missing(name);
        }
        const std::optional<size_t> index = chair::TermNamed(record, name);
        if (!index.has_value()) return Missing(name);
        const std::string& plan_id = record.terms[*index].plan();
        JH_ASSIGN_OR_RETURN(const internal::v1::StoredPlan plan,
                            db::Read<internal::v1::StoredPlan>(
                                pool_, call.deadline, [&](db::Connection& connection) {
                                  return rotations_.plans.Get(connection, call.alliance, plan_id);
                                }));
        return explainer_.Explain(plan_id, plan, chair::ViewTerm(record, *index, call.now),
                                  call.deadline);
      });
}

}  // namespace jinhuan::alliance
