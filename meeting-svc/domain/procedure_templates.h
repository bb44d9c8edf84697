#pragma once

#include <string>
#include <vector>

#include "jinhuan/meeting/v1/procedure.pb.h"

namespace jinhuan::meeting {

// The templates that every alliance has until it changes them, by id: consultation
// (民主协商议事会), four-two (四议两公开) and plain (a joint meeting alone).
std::vector<v1::ProcedureTemplate> BuiltInTemplates(const std::string& alliance);

}  // namespace jinhuan::meeting
