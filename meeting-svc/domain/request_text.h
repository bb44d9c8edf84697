#pragma once

#include <string>

#include "jinhuan/meeting/v1/request.pb.h"

namespace jinhuan::meeting {

// What files call the category of a request, in Chinese; empty when it has none.
std::string Text(v1::RequestCategory category);

// The same of its type; one that is not given counts as ordinary.
std::string Text(v1::RequestType type);

}  // namespace jinhuan::meeting
