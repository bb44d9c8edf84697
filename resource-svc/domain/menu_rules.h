#pragma once

#include "jinhuan/resource/v1/menu.pb.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

// Adds what is wrong with what a menu says, at fields "menu.…"; its name is not looked at.
void CheckMenu(const v1::Menu& menu, Violations& violations);

}  // namespace jinhuan::resource
