#pragma once

#include "platform/api/resource_name.h"

namespace jinhuan::resource {

using api::AllianceId;
using api::LastId;
using api::ParentOf;

}  // namespace jinhuan::resource
