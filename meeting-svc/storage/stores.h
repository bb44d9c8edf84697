#pragma once

#include <string>
#include <utility>

#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/circle_store.h"
#include "meeting-svc/storage/contact_store.h"
#include "meeting-svc/storage/dispatch_table_store.h"
#include "meeting-svc/storage/evaluation_store.h"
#include "meeting-svc/storage/handover_store.h"
#include "meeting-svc/storage/mail_outbox.h"
#include "meeting-svc/storage/mail_settings_store.h"
#include "meeting-svc/storage/meeting_store.h"
#include "meeting-svc/storage/minutes_store.h"
#include "meeting-svc/storage/need_store.h"
#include "meeting-svc/storage/notice_store.h"
#include "meeting-svc/storage/procedure_store.h"
#include "meeting-svc/storage/progress_store.h"
#include "meeting-svc/storage/project_store.h"
#include "meeting-svc/storage/proxy_store.h"
#include "meeting-svc/storage/request_store.h"
#include "meeting-svc/storage/resolution_store.h"
#include "meeting-svc/storage/template_store.h"
#include "meeting-svc/storage/topic_store.h"

namespace jinhuan::meeting {

// The stores of meeting-svc; what its services, keepers and followers share.
struct Stores {
  struct Secrets {
    std::string ballots;     // what the keys of secret ballots are sealed with
    std::string mail_codes;  // what the codes of mail addresses are made with
  };
  Stores(journal::Journal& journal, IdSource& ids, const Clock& clock, Secrets secrets)
      : notices(alliances, outbox, clock),
        mail(journal, ids, outbox, std::move(secrets.mail_codes)),
        meetings(journal, ids),
        ballots(journal, ids, meetings, std::move(secrets.ballots)),
        proxies(journal, meetings),
        topics(journal, ids),
        procedures(journal, ids, meetings, ballots, topics),
        templates(journal, ids),
        resolutions(journal, ids),
        projects(journal, ids, alliances),
        progress(journal, ids),
        minutes(journal),
        requests(journal, ids),
        tables(journal),
        handovers(journal) {}

  AllianceStore alliances;
  const ContactStore contacts = {};
  const NeedStore needs = {};
  const CircleStore circles = {};
  const MailOutbox outbox = {};
  const NoticeStore notices;
  const MailSettingsStore mail;
  MeetingStore meetings;
  BallotStore ballots;
  ProxyStore proxies;
  TopicStore topics;
  ProcedureStore procedures;
  const TemplateStore templates;
  const ResolutionStore resolutions;
  const ProjectStore projects;
  const ProgressStore progress;
  const MinutesStore minutes;
  RequestStore requests;
  DispatchTableStore tables;
  const HandoverStore handovers;
  const EvaluationStore evaluations = EvaluationStore();
};

}  // namespace jinhuan::meeting
