#include "resource-svc/domain/distance.h"

#include <algorithm>
#include <cmath>

namespace jinhuan::resource {

double MetresBetween(const google::type::LatLng& a, const google::type::LatLng& b) {
  constexpr double kEarthRadius = 6'371'008.8;
  constexpr double kRadians = M_PI / 180;
  const double north = (b.latitude() - a.latitude()) * kRadians;
  const double east = (b.longitude() - a.longitude()) * kRadians;
  const double part = std::pow(std::sin(north / 2), 2) + std::cos(a.latitude() * kRadians) *
                                                             std::cos(b.latitude() * kRadians) *
                                                             std::pow(std::sin(east / 2), 2);
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(part)));
}

bool IsPlace(const google::type::LatLng& place) {
  return std::abs(place.latitude()) <= 90 && std::abs(place.longitude()) <= 180;  // no NaN
}

}  // namespace jinhuan::resource
