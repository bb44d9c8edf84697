#include "platform/rpc/journal_service.h"

#include "absl/time/clock.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/journal/kind.h"
#include "platform/rpc/heartbeat.h"
#include "platform/rpc/withhold.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

constexpr int kBatch = 256;
constexpr size_t kBatchBytes = 1 << 20;  // clients take 4 MiB unless told otherwise
constexpr int kPage = 50;
constexpr int kMaxPage = 1000;
constexpr int kMaxKinds = 64;
// How many batches of what is waiting an export seals before it gives up.
constexpr int kMostSeals = 16;

// Names are ASCII, and so are the columns that they are looked up in.
bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

absl::StatusOr<journal::Journal::Selection> SelectionOf(
    const api::Call& call, const journal::v1::ListEntriesRequest& request) {
  Violations violations;
  for (const auto& [field, name] :
       {std::pair("alliance", &request.alliance()), std::pair("resource", &request.resource()),
        std::pair("method", &request.method()), std::pair("actor", &request.actor())}) {
    violations.Check(field, IsAscii(*name), "a resource name", "资源名称");
  }
  // What is withheld must not be found out by asking for it.
  violations.Check("actor",
                   request.actor().empty() || call.scope.relation == auth::v1::RELATION_ANY,
                   "empty for who may not see actors", "空（无权查看操作者）");
  const auto [start, end] = std::pair(&request.start_time(), &request.end_time());
  violations.Check("start_time", api::IsTime(*start), "a time from 1970 to 9999", "有效的时间");
  violations.Check("end_time",
                   api::IsTime(*end) && (!request.has_start_time() || !request.has_end_time() ||
                                         api::FromProto(*start) < api::FromProto(*end)),
                   "a time after start_time", "晚于开始时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  journal::Journal::Selection selection{.alliance = request.alliance(),
                                        .resource = request.resource(),
                                        .method = request.method(),
                                        .actor = request.actor(),
                                        .newest_first = request.newest_first()};
  if (request.has_start_time()) selection.start = api::FromProto(*start);
  if (request.has_end_time()) selection.end = api::FromProto(*end);
  return selection;
}

absl::Status CheckFilter(const journal::v1::WatchEntriesRequest& request) {
  const bool inside =
      request.alliance().empty() || api::AllianceOf(request.resource()) == request.alliance();
  Violations violations;
  violations.Check("alliance", IsAscii(request.alliance()), "a resource name", "资源名称");
  violations.Check("resource",
                   request.resource().empty() || (IsAscii(request.resource()) && inside),
                   "the name of a resource in the alliance", "本联盟内的资源名称");
  violations.Check("kinds", request.kinds_size() <= kMaxKinds, "64 kinds at most",
                   "至多 64 个种类");
  return violations.ToStatus();
}

bool IsWanted(const journal::v1::WatchEntriesRequest& request, const journal::v1::Entry& entry) {
  const auto& kinds = request.kinds();
  return kinds.empty() ||
         std::find(kinds.begin(), kinds.end(), journal::KindOf(entry)) != kinds.end();
}

}  // namespace

absl::StatusOr<journal::v1::ListEntriesResponse> ListEntries(
    journal::Journal& journal, const Kinds& kinds, const api::Call& call,
    const journal::v1::ListEntriesRequest& request) {
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  JH_ASSIGN_OR_RETURN(const auto selection, SelectionOf(call, request));
  int64_t last = 0;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(last, api::NumberOf(page.after[0]));
  }
  JH_ASSIGN_OR_RETURN(auto entries, journal.List(selection, last, page.limit(), call.deadline));
  for (journal::v1::Entry& entry : entries) Withhold(kinds, call, entry);
  journal::v1::ListEntriesResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, entries, *response.mutable_entries(),
                    [](const auto& entry) { return std::vector{std::to_string(entry.number())}; }));
  return response;
}

absl::Status WatchEntries(journal::Journal& journal, const Kinds& kinds, const api::Call& call,
                          const journal::v1::WatchEntriesRequest& request,
                          const grpc::ServerContext& context,
                          grpc::ServerWriterInterface<journal::v1::WatchEntriesResponse>& writer) {
  JH_RETURN_IF_ERROR(CheckFilter(request));
  JH_ASSIGN_OR_RETURN(int64_t size, journal.Size(call.deadline));
  const int64_t start = request.start_number();
  int64_t next = std::max<int64_t>(1, start < 0 ? size + 1 + start : start);
  if (next > size + 1) {
    return Error(error::v1::COMMON_REASON_NUMBER_OUT_OF_RANGE,
                 {{"number", std::to_string(next)}, {"last", std::to_string(size)}});
  }
  const journal::Journal::Filter filter{request.alliance(), request.resource()};
  absl::Time last_write = absl::InfinitePast();
  while (!context.IsCancelled()) {
    if (journal.stopped()) return Error(error::v1::COMMON_REASON_UNAVAILABLE);
    const absl::Time soon = absl::Now() + absl::Seconds(5);
    // The size is read before the entries: all up to it are then seen, so a
    // filtered watch may resume behind it.
    JH_ASSIGN_OR_RETURN(size, journal.Size(soon));
    journal::v1::WatchEntriesResponse response;
    JH_ASSIGN_OR_RETURN(auto entries, journal.ReadFrom(next, kBatch, filter, soon));
    bool more = entries.size() == kBatch;
    if (!entries.empty()) next = std::max(next, entries.back().number() + 1);
    if (!more) next = std::max(next, size + 1);
    size_t bytes = 0;
    for (auto& entry : entries) {
      if (bytes >= kBatchBytes) {  // the rest comes with the next message
        next = entry.number();
        more = true;
        break;
      }
      if (!IsWanted(request, entry)) continue;
      Withhold(kinds, call, entry);
      bytes += entry.ByteSizeLong();
      *response.add_entries() = std::move(entry);
    }
    response.set_next_number(next);
    if (!response.entries().empty() || absl::Now() - last_write >= kHeartbeat) {
      if (!writer.Write(response)) break;
      last_write = absl::Now();
    }
    if (!more) journal.AwaitNumber(next, absl::Now() + kHeartbeat);
  }
  return absl::OkStatus();
}

absl::StatusOr<journal::v1::Bundle> ExportBundle(journal::Journal& journal, const api::Call& call,
                                                 const journal::v1::ExportBundleRequest& request) {
  Violations violations;
  violations.Check("first_number", request.first_number() >= 0, "0 or more", "0 或以上");
  violations.Check("page_size", request.page_size() >= 0, "0 or more", "0 或以上");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const int limit = request.page_size() == 0 ? kPage : std::min(request.page_size(), kMaxPage);
  // What was erased a moment ago must be found erased with a reason, so that is sealed first:
  // it may wait behind a batch, or be written while the export reads.
  for (int seals = 1;; ++seals) {
    JH_RETURN_IF_ERROR(journal.SealOnce().status());
    auto bundle = journal.proofs().ExportBundle(request, limit, call.deadline);
    if (!absl::IsAborted(bundle.status()) || seals == kMostSeals) return bundle;
  }
}

}  // namespace jinhuan::rpc
