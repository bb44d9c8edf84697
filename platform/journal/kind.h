#pragma once

// A header alone, so that the gateway, which links no database, may use it.

#include <string>
#include <string_view>

#include "jinhuan/journal/v1/journal.pb.h"

namespace jinhuan::journal {

// The state of the resource that an entry tells last: after the change, or before it
// where it was removed.
inline const google::protobuf::Any& Last(const v1::Entry& entry) {
  return entry.has_after() ? entry.after() : entry.before();
}

// The full name of the message that is packed; "" where none is.
inline std::string_view KindOf(const google::protobuf::Any& packed) {
  const std::string_view url = packed.type_url();
  return url.substr(url.rfind('/') + 1);  // from 0 where there is none
}

// What kind of resource an entry is about; "" where no content says so.
inline std::string_view KindOf(const v1::Entry& entry) { return KindOf(Last(entry)); }

}  // namespace jinhuan::journal
