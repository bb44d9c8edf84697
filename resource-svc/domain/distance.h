#pragma once

#include "google/type/latlng.pb.h"

namespace jinhuan::resource {

// How far two places are from each other on the ground, in metres; good to half a percent.
double MetresBetween(const google::type::LatLng& a, const google::type::LatLng& b);

// Whether a place is one on earth.
bool IsPlace(const google::type::LatLng& place);

}  // namespace jinhuan::resource
