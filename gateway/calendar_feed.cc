#include "gateway/calendar_feed.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/synchronization/mutex.h"
#include "gateway/calendar/calendar_events.h"
#include "gateway/self.h"
#include "jinhuan/alliance/v1/alliance_service.pb.h"
#include "jinhuan/alliance/v1/calendar_service.pb.h"
#include "jinhuan/alliance/v1/rotation_service.pb.h"
#include "jinhuan/meeting/v1/meeting_service.pb.h"
#include "jinhuan/resource/v1/booking_service.pb.h"

namespace jinhuan::gateway {
namespace {

constexpr std::string_view kPrefix = "/calendars/";
constexpr std::string_view kSuffix = ".ics";
constexpr char kZoneOfNone[] = "Asia/Shanghai";
constexpr size_t kMaxToken = 128;
constexpr size_t kMaxAlliances = 8;
constexpr int kMaxItems = 1000;  // of each kind; the longest page there is
constexpr absl::Duration kTimeout = absl::Seconds(5);
constexpr absl::Duration kTermsBack = absl::Hours(24 * 400);
constexpr absl::Duration kMeetingsBack = absl::Hours(24 * 100);
constexpr absl::Duration kBookingsBack = absl::Hours(24 * 31);

constexpr char kResolve[] = "/jinhuan.alliance.v1.CalendarService/ResolveCalendarLink";
constexpr char kGetAlliance[] = "/jinhuan.alliance.v1.AllianceService/GetAlliance";
constexpr char kListChairTerms[] = "/jinhuan.alliance.v1.RotationService/ListChairTerms";
constexpr char kListMeetings[] = "/jinhuan.meeting.v1.MeetingService/ListMeetings";
constexpr char kListBookings[] = "/jinhuan.resource.v1.BookingService/ListBookings";

http::Response Plain(int status, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

// Of a path "/calendars/{token}.ics" the token; "" for any other.
std::string TokenIn(std::string_view path) {
  if (!path.starts_with(kPrefix) || !path.ends_with(kSuffix)) return "";
  if (path.size() <= kPrefix.size() + kSuffix.size()) return "";
  path = path.substr(kPrefix.size(), path.size() - kPrefix.size() - kSuffix.size());
  const bool good =
      path.size() <= kMaxToken && std::all_of(path.begin(), path.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
      });
  return good ? std::string(path) : "";
}

bool IsOfTheStreet(const auth::v1::Caller& caller, const std::string& alliance) {
  return std::any_of(caller.grants().begin(), caller.grants().end(), [&](const auto& grant) {
    return grant.role() == auth::v1::ROLE_STREET_ADMIN && grant.alliance() == alliance;
  });
}

void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp) {
  timestamp->set_seconds(absl::ToUnixSeconds(time));
}

// What the caller may not see, or what is not there, is an empty part of the calendar.
bool NothingToSee(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::PERMISSION_DENIED ||
         status.error_code() == grpc::StatusCode::NOT_FOUND;
}

}  // namespace

// One request: questions under way, and what their answers brought.
struct CalendarFeed::Feed {
  http::Respond respond;
  CalendarLanguage language;
  std::string if_none_match;
  std::string request_id;
  absl::Time now;
  std::set<std::string> units;  // of the person

  absl::Mutex mutex;
  int open ABSL_GUARDED_BY(mutex) = 1;        // questions, and one while more are being asked
  bool known ABSL_GUARDED_BY(mutex) = false;  // whose link it is
  bool failed ABSL_GUARDED_BY(mutex) = false;
  // By name, so that the calendar is the same whichever answers first.
  std::map<std::string, alliance::v1::Alliance> alliances ABSL_GUARDED_BY(mutex);
  std::map<std::string, alliance::v1::ListChairTermsResponse> terms ABSL_GUARDED_BY(mutex);
  std::vector<CalendarEvent> events ABSL_GUARDED_BY(mutex);

  void Open() {
    absl::MutexLock lock(&mutex);
    ++open;
  }
  void Fail() {
    absl::MutexLock lock(&mutex);
    failed = true;
  }
  void Know() {
    absl::MutexLock lock(&mutex);
    known = true;
  }
  void Add(const alliance::v1::Alliance& alliance) {
    absl::MutexLock lock(&mutex);
    alliances[alliance.name()] = alliance;
  }
  void Add(const std::string& alliance, const alliance::v1::ListChairTermsResponse& found) {
    absl::MutexLock lock(&mutex);
    terms[alliance] = found;
  }
  void Add(CalendarEvent event) {
    absl::MutexLock lock(&mutex);
    events.push_back(std::move(event));
  }
  // One question less; the last one answers.
  void Close() {
    absl::ReleasableMutexLock lock(&mutex);
    if (--open > 0) return;
    http::Response response = Answer();
    lock.Release();
    respond(std::move(response));
  }

  absl::TimeZone ZoneOf(const std::string& alliance) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const auto found = alliances.find(alliance);
    absl::TimeZone zone;
    return absl::LoadTimeZone(found == alliances.end() ? kZoneOfNone : found->second.time_zone(),
                              &zone)
               ? zone
               : absl::UTCTimeZone();
  }

  http::Response Answer() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (failed) {
      http::Response response = Plain(503, "try again shortly\n");
      response.headers.push_back({"Retry-After", "60"});
      return response;
    }
    if (!known) return Plain(404, "no such calendar\n");
    std::string title;
    for (const auto& [name, alliance] : alliances) {
      if (!title.empty()) title += " · ";
      title += alliance.display_name();
    }
    for (const auto& [name, found] : terms) {
      for (const alliance::v1::ChairTerm& term : found.chair_terms()) {
        for (CalendarEvent& event : EventsOf(term, units, ZoneOf(name), language)) {
          events.push_back(std::move(event));
        }
      }
    }
    std::sort(events.begin(), events.end(), [](const CalendarEvent& a, const CalendarEvent& b) {
      return std::tie(a.start, a.uid) < std::tie(b.start, b.uid);
    });
    if (title.empty()) title = language == CalendarLanguage::kChinese ? "金环" : "Jinhuan";
    // Of several alliances, the first one's.
    const absl::TimeZone zone = ZoneOf(alliances.empty() ? "" : alliances.begin()->first);
    std::string body = ICalendar(title, zone, events);
    const std::string etag = '"' + Sessions::KeyOf(body).substr(0, 32) + '"';
    http::Response response{.headers = {{"Content-Type", "text/calendar; charset=utf-8"},
                                        {"Content-Disposition", "inline; filename=jinhuan.ics"},
                                        {"Cache-Control", "private, max-age=300"},
                                        {"ETag", etag}}};
    if (if_none_match.find(etag) != std::string::npos) {
      response.status = 304;
    } else {
      response.body = std::move(body);
    }
    return response;
  }
};

bool CalendarFeed::Takes(const http::Request& request) const {
  return request.path.starts_with(kPrefix);
}

void CalendarFeed::Handle(const http::Request& request, http::Respond respond) const {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = Plain(405, "GET or HEAD\n");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return respond(std::move(response));
  }
  const Visitor visitor =
      parts_.gate.Recognise([&](std::string_view name) { return request.Get(name); }, request.peer);
  if (!parts_.limit.Take(visitor.address).ok()) {
    return respond(Plain(429, "too many requests\n"));
  }
  const std::string token = TokenIn(request.path);
  if (token.empty()) return respond(Plain(404, "no such calendar\n"));
  auto feed = std::make_shared<Feed>();
  feed->respond = std::move(respond);
  feed->language = http::QueryParameter(request.query, "lang").value_or("").starts_with("en")
                       ? CalendarLanguage::kEnglish
                       : CalendarLanguage::kChinese;
  feed->if_none_match = request.Get("if-none-match");
  feed->request_id = visitor.request_id;
  feed->now = parts_.clock.Now();
  AskWho(feed, token);
}

// Asks a service in the name of `caller`; `take` gets the answer, from a thread of
// gRPC.
template <class Response, class Request, class Take>
void CalendarFeed::Ask(const std::shared_ptr<Feed>& feed, const char* path,
                       const auth::v1::Caller& caller, const Request& request, Take take) const {
  const Method* method = parts_.routes.Find(path);
  if (method == nullptr) return feed->Fail();  // its service is not behind this gateway
  feed->Open();
  auto call = std::make_shared<UpstreamCall>();
  call->request = BufferOf(request.SerializeAsString());
  call->context.set_deadline(absl::ToChronoTime(feed->now + kTimeout));
  call->context.AddMetadata(rpc::kCallerMetadata,
                            parts_.signer.Sign(caller, method->audience, feed->now));
  call->context.AddMetadata(rpc::kRequestMetadata, feed->request_id);
  parts_.upstream.Unary(method->backend, path, call,
                        [feed, take, call = call.get()](const grpc::Status& status) {
                          Response response;
                          if (status.ok() && response.ParseFromString(BytesOf(call->response))) {
                            take(response);
                          } else if (!NothingToSee(status)) {
                            feed->Fail();
                          }
                          feed->Close();
                        });
}

void CalendarFeed::AskWho(const std::shared_ptr<Feed>& feed, const std::string& token) const {
  alliance::v1::ResolveCalendarLinkRequest request;
  request.set_token(token);
  Ask<alliance::v1::ResolveCalendarLinkResponse>(
      feed, kResolve, Self(), request,
      [this, feed](const alliance::v1::ResolveCalendarLinkResponse& response) {
        feed->Know();
        AskWhat(feed, response.caller());
      });
  feed->Close();
}

void CalendarFeed::AskWhat(const std::shared_ptr<Feed>& feed,
                           const auth::v1::Caller& caller) const {
  std::set<std::string> alliances;
  for (const auth::v1::Grant& grant : caller.grants()) {
    if (!grant.member().empty()) feed->units.insert(grant.member());
    if (!grant.alliance().empty() && alliances.size() < kMaxAlliances) {
      alliances.insert(grant.alliance());
    }
  }
  for (const std::string& alliance : alliances) AskAlliance(feed, caller, alliance);
}

void CalendarFeed::AskAlliance(const std::shared_ptr<Feed>& feed, const auth::v1::Caller& caller,
                               const std::string& alliance) const {
  alliance::v1::GetAllianceRequest get;
  get.set_name(alliance);
  Ask<alliance::v1::Alliance>(
      feed, kGetAlliance, caller, get,
      [feed](const alliance::v1::Alliance& response) { feed->Add(response); });

  alliance::v1::ListChairTermsRequest terms;
  terms.set_parent(alliance);
  terms.set_page_size(kMaxItems);
  SetTime(feed->now - kTermsBack, terms.mutable_end_after());
  Ask<alliance::v1::ListChairTermsResponse>(
      feed, kListChairTerms, caller, terms,
      [feed, alliance](const alliance::v1::ListChairTermsResponse& response) {
        feed->Add(alliance, response);
      });

  meeting::v1::ListMeetingsRequest meetings;
  meetings.set_parent(alliance);
  meetings.set_page_size(kMaxItems);
  meetings.set_state(meeting::v1::Meeting::STATE_CONVENED);
  Ask<meeting::v1::ListMeetingsResponse>(
      feed, kListMeetings, caller, meetings,
      [feed,
       all = IsOfTheStreet(caller, alliance)](const meeting::v1::ListMeetingsResponse& response) {
        for (const meeting::v1::Meeting& meeting : response.meetings()) {
          if (!all && !Concerns(meeting)) continue;
          CalendarEvent event = EventOf(meeting, feed->language);
          if (event.end > feed->now - kMeetingsBack) feed->Add(std::move(event));
        }
      });

  resource::v1::ListBookingsRequest bookings;
  bookings.set_parent(alliance);
  bookings.set_page_size(kMaxItems);
  bookings.set_state(resource::v1::Booking::STATE_CONFIRMED);
  bookings.set_mine(true);
  SetTime(feed->now - kBookingsBack, bookings.mutable_end_after());
  Ask<resource::v1::ListBookingsResponse>(
      feed, kListBookings, caller, bookings,
      [feed](const resource::v1::ListBookingsResponse& response) {
        for (const resource::v1::Booking& booking : response.bookings()) {
          feed->Add(EventOf(booking, feed->language));
        }
      });
}

}  // namespace jinhuan::gateway
