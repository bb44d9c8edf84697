#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/procedure.pb.h"
#include "jinhuan/meeting/v1/procedure_service.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/api/call.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Procedures and their templates. Changes are made in the transaction that `connection` is
// in and journalled there. Thread-safe.
//
// Where one is not there: NOT_FOUND / RESOURCE_NOT_FOUND.
class ProcedureStore {
 public:
  ProcedureStore(journal::Journal& journal, IdSource& ids, MeetingStore& meetings,
                 const BallotStore& ballots, const TopicStore& topics)
      : journal_(journal), ids_(ids), meetings_(meetings), ballots_(ballots), topics_(topics) {}

  // Every template of the alliance, by id.
  absl::StatusOr<std::vector<v1::ProcedureTemplate>> Templates(db::Connection& connection,
                                                               const std::string& alliance) const;

  // Writes a valid template. ABORTED / ETAG_STALE.
  absl::StatusOr<v1::ProcedureTemplate> PutTemplate(db::Connection& connection,
                                                    const api::Call& call,
                                                    const v1::ProcedureTemplate& sent);

  // Starts a valid procedure in `alliance` ("alliances/a"). RESOURCE_NOT_FOUND for the template or
  // the topic.
  absl::StatusOr<v1::Procedure> Start(db::Connection& connection, const api::Call& call,
                                      const std::string& alliance, const v1::Procedure& sent);

  // Takes it on by one step (domain's Advance). FAILED_PRECONDITION / STATE_WRONG unless it
  // runs, and what Advance says; RESOURCE_NOT_FOUND for the ballot or meeting too.
  absl::StatusOr<v1::Procedure> MoveOn(db::Connection& connection, const api::Call& call,
                                       const v1::AdvanceProcedureRequest& request);

  // FAILED_PRECONDITION / STATE_WRONG unless it runs.
  absl::StatusOr<v1::Procedure> Stop(db::Connection& connection, const api::Call& call,
                                     const std::string& name, const std::string& reason);

  absl::StatusOr<v1::Procedure> Get(db::Connection& connection, const std::string& name) const;

  // Up to `limit` procedures in `state` (unspecified: any) whose id comes before `before`
  // ("~" is behind every id), the latest begun first.
  absl::StatusOr<std::vector<v1::Procedure>> List(db::Connection& connection,
                                                  const std::string& alliance,
                                                  v1::Procedure::State state,
                                                  const std::string& before, int limit) const;

 private:
  absl::StatusOr<v1::Procedure> Claim(db::Connection& connection, const std::string& name) const;
  absl::Status Save(db::Connection& connection, const api::Call& call, const v1::Procedure& before,
                    const v1::Procedure& after);

  journal::Journal& journal_;
  IdSource& ids_;
  MeetingStore& meetings_;
  const BallotStore& ballots_;
  const TopicStore& topics_;
  AllianceStore alliances_;
};

}  // namespace jinhuan::meeting
