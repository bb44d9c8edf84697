#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/project.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// What units report of projects, and what supervision demands of them. Changes are journalled
// in their transaction; files are not. `project` and the like are names. Thread-safe.
class ProgressStore {
 public:
  ProgressStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // Keeps a report with its files, whose types are set.
  absl::StatusOr<v1::ProgressReport> AddReport(db::Connection& connection, const api::Call& call,
                                               const std::string& project,
                                               v1::ProgressReport report,
                                               const std::vector<v1::Evidence>& evidence) const;
  // Up to `limit` reports with ids before `before_id`, the latest first.
  absl::StatusOr<std::vector<v1::ProgressReport>> Reports(db::Connection& connection,
                                                          const std::string& project,
                                                          const std::string& before_id,
                                                          int limit) const;
  // A file of a report. NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<v1::Evidence> File(db::Connection& connection, const std::string& report,
                                    int place) const;

  absl::StatusOr<v1::SupervisionNotice> Issue(db::Connection& connection, const api::Call& call,
                                              const std::string& project,
                                              v1::SupervisionNotice notice) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<v1::SupervisionNotice> GetNotice(db::Connection& connection,
                                                  const std::string& name) const;
  absl::Status Answer(db::Connection& connection, const api::Call& call,
                      const v1::SupervisionNotice& before,
                      const v1::SupervisionNotice& after) const;
  // Up to `limit` notices of the alliance with ids before `before_id`, the latest first.
  absl::StatusOr<std::vector<v1::SupervisionNotice>> Notices(db::Connection& connection,
                                                             const std::string& alliance,
                                                             bool unanswered,
                                                             const std::string& before_id,
                                                             int limit) const;
  // As Notices, of one project.
  absl::StatusOr<std::vector<v1::SupervisionNotice>> NoticesOf(db::Connection& connection,
                                                               const std::string& project,
                                                               bool unanswered,
                                                               const std::string& before_id,
                                                               int limit) const;

 private:
  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::meeting
