#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Templates of meetings. Changes are journalled in their transaction. Thread-safe.
class TemplateStore {
 public:
  TemplateStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  absl::StatusOr<v1::MeetingTemplate> Create(db::Connection& connection, const api::Call& call,
                                             v1::MeetingTemplate sent) const;

  // Up to `limit` templates of the alliance, of ids after `after_id`.
  absl::StatusOr<std::vector<v1::MeetingTemplate>> List(db::Connection& connection,
                                                        const std::string& alliance,
                                                        const std::string& after_id,
                                                        int limit) const;

  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::Status Delete(db::Connection& connection, const api::Call& call,
                      const std::string& name) const;

 private:
  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::meeting
