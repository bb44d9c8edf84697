#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/exchange.pb.h"
#include "jinhuan/resource/v1/ledger.pb.h"

namespace jinhuan::resource {

// What a finished booking enters in the ledger: `lender` (the facility's owner) gives,
// the booking's unit uses. Parking counts minutes of a place, canteens portions, venues
// and services minutes until `until`, when it gave its places back or its time was over; each
// times the quantity. Nothing when a unit used its own or left before it began, and nothing
// for a state that was not a use (only STATE_COMPLETED is).
//
// Names and times of entry are left to the store.
std::vector<v1::LedgerEntry> EntriesOf(const v1::Booking& booking, const std::string& lender,
                                       absl::Time until);

// What a completed match enters: the giver gives, the taker uses, over the agreed hours as far as
// they had passed when both said that it was done.
// Venues count minutes times the quantity (rooms); volunteers and service points minutes
// times the quantity (people, places); training its minutes once, however many listen.
// Recruiting and what has no hours count nothing; nor does a match with a booking, which
// gives its own entries.
std::vector<v1::LedgerEntry> EntriesOf(const v1::Match& match);

// The two entries that put `given`, and the entry of who used it, right by `difference`. They
// happened when it happened, so that periods that are over become right too.
std::vector<v1::LedgerEntry> CorrectionOf(const v1::LedgerEntry& given, int64_t difference,
                                          const std::string& reason);

// The month that a time counts in, as year * 100 + month: in China, whose clocks have stood
// eight hours ahead of UTC all along, as the database counts too.
int LedgerMonth(absl::Time time);

}  // namespace jinhuan::resource
