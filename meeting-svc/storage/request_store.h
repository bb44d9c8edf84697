#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "jinhuan/meeting/v1/request_service.pb.h"
#include "meeting-svc/domain/photo.h"
#include "platform/api/call.h"
#include "platform/api/time_position.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Requests and their photos. Changes are made in the transaction that `connection` is in and
// journalled there, without what people wrote. Names are given whole. Thread-safe.
//
// Where a request is not there: NOT_FOUND / RESOURCE_NOT_FOUND.
class RequestStore {
 public:
  RequestStore(journal::Journal& journal, IdSource& ids) : journal_(journal), ids_(ids) {}

  // A request with what is not for every reader.
  struct Stored {
    v1::Request request;
    std::string reporter;
    int64_t version = 0;
  };

  // A fresh name of a request of the alliance.
  std::string NewName(const std::string& alliance) const;

  // Stores a new request; an alert (`sent` is what was sent) only once for each source and
  // external id: false when it is there already.
  absl::StatusOr<bool> Create(db::Connection& connection, const api::Call& call,
                              const v1::Request& request, const v1::Request* sent = nullptr);

  // Stores photos and returns their names.
  absl::StatusOr<std::vector<std::string>> AddPhotos(db::Connection& connection,
                                                     const std::string& request,
                                                     const std::vector<Photo>& photos);

  absl::StatusOr<Stored> Get(db::Connection& connection, const std::string& name);

  // The request that stands for an alert, and whether it was sent as `sent`.
  struct Alert {
    Stored stored;
    bool same = false;
  };
  absl::StatusOr<Alert> GetAlert(db::Connection& connection, const std::string& alliance,
                                 const v1::Request& sent);

  // `photo` is `{request}/photos/{photo}`.
  absl::StatusOr<v1::RequestPhoto> GetPhoto(db::Connection& connection, const std::string& photo);

  // Stores what became of a request, unless another changed it since it was read: then the
  // transaction is run again. `archive` is when the clock archives it. Where it moved on and
  // others go on in it, the journal says so of each, so that their reporters are told.
  absl::Status Put(db::Connection& connection, const api::Call& call, const Stored& before,
                   const v1::Request& after, std::optional<absl::Time> archive,
                   std::string_view reason = "");

  // Which requests a list shows: at most one of reporter (an account) and member (a name).
  struct Filter {
    std::string alliance;
    std::string reporter = {};
    std::string member = {};
    v1::Request::State state = v1::Request::STATE_UNSPECIFIED;
    v1::RequestType type = v1::REQUEST_TYPE_UNSPECIFIED;
    // Only what was merged into this request (a name); nothing else but the alliance is looked at.
    std::string merged_into = {};
    // Only those that are not resolved and whose time is over by this.
    std::optional<absl::Time> due_by = {};
  };
  // Where a page of the list begins: behind this time and id.
  using Position = api::TimePosition;
  // Up to `limit` requests, the newest first.
  absl::StatusOr<std::vector<Stored>> List(db::Connection& connection, const Filter& filter,
                                           const Position& after, int limit);

  // The names of up to `limit` requests that the clock archives, and as many that it marks as
  // overdue, by `now`. Names alone: a row that can't be read must not hold up the others.
  absl::StatusOr<std::vector<std::string>> Due(db::Connection& connection, absl::Time now,
                                               int limit);
  // What the clock does to one of them.
  struct DueStep {
    Stored stored;
    bool archive = false;
    bool overdue = false;
  };
  absl::StatusOr<DueStep> GetDue(db::Connection& connection, const std::string& name,
                                 absl::Time now);

  // Works out anew when the clock marks it as overdue, unless another changed it since it was read.
  // Nothing of the request changes, so nothing is journalled.
  absl::Status Reschedule(db::Connection& connection, const Stored& stored);

  // Puts off what is due at `now` until `then`: for what can't be done now.
  absl::Status Postpone(db::Connection& connection, const std::string& name, absl::Time now,
                        absl::Time then);

 private:
  absl::Status TellMerged(db::Connection& connection, const api::Call& call,
                          const v1::Request& before, const v1::Request& after);

  journal::Journal& journal_;
  IdSource& ids_;
};

}  // namespace jinhuan::meeting
