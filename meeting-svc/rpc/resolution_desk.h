#pragma once

#include "jinhuan/meeting/v1/project_service.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/db/pool.h"

namespace jinhuan::meeting {

// What the ProjectService's methods on resolutions do, as project_service.proto states it, and
// what closing a meeting makes of them. Thread-safe.
class ResolutionDesk {
 public:
  struct Deps {
    db::Pool& pool;
    const AllianceStore& alliances;
    MeetingStore& meetings;
    const ResolutionStore& resolutions;
    const ProjectStore& projects;
    const BallotStore& ballots;
    TopicStore& topics;
  };
  explicit ResolutionDesk(const Deps& deps) : deps_(deps) {}

  absl::StatusOr<v1::Resolution> Record(const api::Call& call,
                                        const v1::RecordResolutionRequest& request) const;
  absl::StatusOr<v1::Resolution> Update(const api::Call& call,
                                        const v1::UpdateResolutionRequest& request) const;
  absl::StatusOr<v1::WithdrawResolutionResponse> Withdraw(
      const api::Call& call, const v1::WithdrawResolutionRequest& request) const;
  absl::StatusOr<v1::Resolution> Get(const api::Call& call,
                                     const v1::GetResolutionRequest& request) const;
  absl::StatusOr<v1::ListResolutionsResponse> List(const api::Call& call,
                                                   const v1::ListResolutionsRequest& request) const;

  // Makes a project of each resolution of the meeting that is to be carried out, proposed by
  // who proposed the topic of its agenda item, and settles the topics that were dealt with; whoever
  // closes the meeting has claimed it.
  // FAILED_PRECONDITION / RESOLUTION_INCOMPLETE where one lacks its responsible unit or its due
  // date, the errors of CheckBasis and of ProjectStore::Create.
  absl::Status Conclude(db::Connection& connection, const api::Call& call,
                        const MeetingKey& meeting) const;

 private:
  // Claims the meeting of a resolution, which must be in session.
  absl::Status ClaimMeetingOf(db::Connection& connection, const std::string& name) const;
  // Fills in what the units are called; checks that they are active.
  absl::Status CheckUnits(db::Connection& connection, v1::Resolution& resolution) const;
  // Fills in the ballot that it rests on. INVALID_ARGUMENT / FIELD_INVALID for an item that is
  // not on the meeting's agenda, and for a ballot that is not the meeting's or is on another
  // item; the errors of CheckBasis.
  absl::Status Cite(db::Connection& connection, v1::Resolution& resolution) const;
  // Ends the topics that the meeting dealt with.
  absl::Status SettleTopics(db::Connection& connection, const api::Call& call,
                            const std::vector<std::string>& topics,
                            const MeetingKey& meeting) const;
  // The unit whose topic an agenda item is about; empty where there is none.
  absl::StatusOr<std::string> ProposerOf(db::Connection& connection, const v1::Meeting& meeting,
                                         const std::string& agenda_item) const;

  const Deps deps_;
};

}  // namespace jinhuan::meeting
