#pragma once

#include "jinhuan/alliance/v1/charter.pb.h"

namespace jinhuan::alliance {

// The rules that a new alliance begins with, as its version 1: all but name,
// effective date and time of adoption. Its holiday table is that of the State
// Council's notices for 2025 and 2026, with every day off by its name, weekends
// among them.
v1::Charter DefaultCharter();

// Version 1 of the charter of `alliance`: the default, adopted when and effective
// from the day on which the alliance was created.
v1::Charter FirstCharter(const v1::Alliance& alliance);

}  // namespace jinhuan::alliance
