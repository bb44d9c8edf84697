#pragma once

#include <string>
#include <utility>

#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/ballot_store.h"
#include "meeting-svc/storage/dispatch_table_store.h"
#include "meeting-svc/storage/evaluation_store.h"
#include "meeting-svc/storage/handover_store.h"
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
  // `ballot_secret`: what the keys of secret ballots are sealed with.
  Stores(journal::Journal& journal, IdSource& ids, const Clock& clock, std::string ballot_secret)
      : notices(alliances, clock),
        meetings(journal, ids),
        ballots(journal, ids, meetings, std::move(ballot_secret)),
        proxies(journal, meetings),
        procedures(journal, ids, meetings, ballots),
        templates(journal, ids),
        topics(journal, ids),
        resolutions(journal, ids),
        projects(journal, ids, alliances),
        progress(journal, ids),
        minutes(journal),
        requests(journal, ids),
        tables(journal),
        handovers(journal) {}

  AllianceStore alliances;
  const NeedStore needs = {};
  const NoticeStore notices;
  MeetingStore meetings;
  BallotStore ballots;
  ProxyStore proxies;
  ProcedureStore procedures;
  const TemplateStore templates;
  TopicStore topics;
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
