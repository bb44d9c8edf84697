#pragma once

#include "meeting-svc/rpc/handover_keeper.h"
#include "meeting-svc/rpc/mail_keeper.h"
#include "meeting-svc/rpc/notice_keeper.h"
#include "meeting-svc/rpc/project_keeper.h"
#include "meeting-svc/rpc/request_keeper.h"
#include "meeting-svc/storage/stores.h"

namespace jinhuan::meeting {

// What the clock does by itself, each on a thread of its own, from here to the end of this.
struct Keepers {
  struct Mail {
    const std::optional<MailOptions>& options;
    prometheus::Registry& metrics;
  };
  Keepers(db::Pool& pool, Stores& stores, const Supervision& supervision, IdSource& ids,
          const Clock& clock, const Mail& mail)
      : projects({pool, stores.alliances, stores.projects, supervision, ids, clock}),
        requests({pool, stores.requests, ids, clock}),
        handovers({pool, stores.handovers, ids, clock}),
        notices(pool, stores.notices, clock),
        mails({pool, stores.outbox, stores.mail, ids, clock, mail.metrics}, mail.options) {}

  const ProjectKeeper projects;
  const RequestKeeper requests;
  const HandoverKeeper handovers;
  const NoticeKeeper notices;
  const MailKeeper mails;
};

}  // namespace jinhuan::meeting
