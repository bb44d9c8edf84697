#pragma once

#include "absl/status/status.h"
#include "jinhuan/meeting/v1/handover.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/contact_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/request_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// Fills a handover's checklist from the record , so that nothing is left out by hand.
// Thread-safe.
class HandoverChecklist {
 public:
  HandoverChecklist(const AllianceStore& alliances, const ContactStore& contacts,
                    MeetingStore& meetings, const ResolutionStore& resolutions,
                    const ProjectStore& projects, RequestStore& requests)
      : alliances_(alliances),
        contacts_(contacts),
        meetings_(meetings),
        resolutions_(resolutions),
        projects_(projects),
        requests_(requests) {}

  // Sets the sections of `handover`, each kind once, as things stand at `now`.
  absl::Status Fill(db::Connection& connection, v1::Handover& handover, absl::Time now) const;

 private:
  absl::Status AddResolutions(db::Connection& connection, v1::Handover& handover) const;
  absl::Status AddProjects(db::Connection& connection, v1::Handover& handover,
                           absl::Time now) const;
  absl::Status AddRequests(db::Connection& connection, v1::Handover& handover) const;
  absl::Status AddMeetings(db::Connection& connection, v1::Handover& handover) const;
  absl::Status AddContacts(db::Connection& connection, v1::Handover& handover) const;

  const AllianceStore& alliances_;
  const ContactStore& contacts_;
  MeetingStore& meetings_;
  const ResolutionStore& resolutions_;
  const ProjectStore& projects_;
  RequestStore& requests_;
};

}  // namespace jinhuan::meeting
