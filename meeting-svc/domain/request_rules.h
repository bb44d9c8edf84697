#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "meeting-svc/domain/photo.h"
#include "platform/status/error.h"

namespace jinhuan::meeting {

// Adds what is wrong with a request that is to be created, at `request.…`: the bounds
// that request.proto states.
void CheckRequest(const v1::Request& request, Violations& violations);

// Adds what is wrong with a place at `field`.
void CheckLocation(const google::type::LatLng& location, std::string_view field,
                   Violations& violations);

// Adds what is wrong with the rules of a table of `alliance`, at `dispatch_table.…`.
void CheckTable(const v1::DispatchTable& table, std::string_view alliance, Violations& violations);

// The photos without their metadata; adds PHOTO_INVALID at `field` when there are too many
// or one is none.
std::vector<Photo> CheckPhotos(const google::protobuf::RepeatedPtrField<std::string>& photos,
                               std::string_view field, Violations& violations);

// What is kept of a request that was sent: what people set.
v1::Request Reported(const v1::Request& sent);

// The unit that the table gives such a request to; "" for none.
std::string MemberFor(const v1::DispatchTable& table, v1::RequestCategory category,
                      std::string_view grid);

// By when a request of that type, received at `received`, must be resolved, exclusive: the
// end of the last of the working days that the charter gives it.
absl::Time DueTime(absl::Time received, v1::RequestType type, const alliance::v1::Charter& charter,
                   const alliance::WorkingCalendar& days, absl::TimeZone zone);

// The request as `caller` sees it at `now`: with the reporter only for the reporter and the
// street.
v1::Request SeenBy(v1::Request request, const std::string& reporter, const auth::v1::Caller& caller,
                   absl::Time now);

// What the journal keeps of a request: nothing that people wrote, nobody's name, and the
// account that reported it, which is the actor of its first entry: by it the reporter is
// told what becomes of the request.
v1::Request ForJournal(const v1::Request& request, const std::string& reporter);
// The same of how far a merged one is.
v1::RequestProgress ForJournal(const v1::RequestProgress& progress);

}  // namespace jinhuan::meeting
