#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace jinhuan {

// FAILED_PRECONDITION / STATE_WRONG: the resource `name` is in `state`, and the step needs `needs`.
// For what is no state of the API ("OVER"); else see below.
absl::Status StateWrong(const std::string& name, const std::string& state,
                        const std::string& needs);

// A state as errors name it: RUNNING for STATE_RUNNING, OPEN for LISTING_STATE_OPEN; its number
// where this program does not know it, since a later one wrote it.
std::string StateName(const google::protobuf::EnumDescriptor& states, int state);
template <class State>
std::string StateName(State state) {
  return StateName(*google::protobuf::GetEnumDescriptor<State>(), state);
}

// FAILED_PRECONDITION / STATE_WRONG: the resource `name` is in `state`, and the step needs one of
// `needs`.
template <class State>
absl::Status StateWrong(const std::string& name, State state,
                        absl::Span<const std::type_identity_t<State>> needs) {
  std::string names;
  for (const State one : needs) names += (names.empty() ? "" : ", ") + StateName(one);
  return StateWrong(name, StateName(state), names);
}

// OK where the state of `resource` is one of `needs`; else StateWrong.
template <class Resource, class State = decltype(std::declval<const Resource&>().state())>
absl::Status CheckState(const Resource& resource,
                        absl::Span<const std::type_identity_t<State>> needs) {
  if (absl::c_linear_search(needs, resource.state())) return absl::OkStatus();
  return StateWrong(resource.name(), resource.state(), needs);
}

// The states from `first` to `last`, for `needs`.
template <class State>
std::vector<State> StatesBetween(State first, State last) {
  std::vector<State> states;
  for (int state = first; state <= last; ++state) states.push_back(static_cast<State>(state));
  return states;
}

}  // namespace jinhuan
