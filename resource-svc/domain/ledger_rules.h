#pragma once

#include <string>
#include <vector>

#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "jinhuan/resource/v1/ledger.pb.h"

namespace jinhuan::resource {

// What a finished booking enters in the ledger: `lender` (the facility's owner) gives,
// the booking's unit uses. Parking counts minutes of a place, canteens portions, venues
// and services minutes; each times the quantity. Nothing when a unit used its own, and
// nothing for a state that was not a use (only STATE_COMPLETED is).
//
// Names and times of entry are left to the store.
std::vector<v1::LedgerEntry> EntriesOf(const v1::Booking& booking, const std::string& lender);

// What a completed match enters: the giver gives, the taker uses, over the agreed hours.
// Venues count minutes times the quantity (rooms); volunteers and service points minutes
// times the quantity (people, places); training its minutes once, however many listen.
// Recruiting and what has no hours count nothing; nor does a match with a booking, which
// gives its own entries.
std::vector<v1::LedgerEntry> EntriesOf(const v1::Match& match);

}  // namespace jinhuan::resource
