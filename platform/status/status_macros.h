#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Return early from a function that returns absl::Status or StatusOr. The counter
// keeps the names of nested uses (a lambda in the expression) apart.
#define JH_RETURN_IF_ERROR(expression) \
  JH_RETURN_IF_ERROR_IMPL(JH_CONCAT(jh_status_, __COUNTER__), expression)
#define JH_RETURN_IF_ERROR_IMPL(status, expression)         \
  do {                                                      \
    if (absl::Status status = (expression); !status.ok()) { \
      return status;                                        \
    }                                                       \
  } while (false)

// JH_ASSIGN_OR_RETURN(Type name, expression that yields StatusOr<Type>);
#define JH_ASSIGN_OR_RETURN(target, expression) \
  JH_ASSIGN_OR_RETURN_IMPL(JH_CONCAT(jh_result_, __COUNTER__), target, expression)
#define JH_ASSIGN_OR_RETURN_IMPL(result, target, expression) \
  auto result = (expression);                                \
  if (!result.ok()) return std::move(result).status();       \
  target = *std::move(result)
#define JH_CONCAT(a, b) JH_CONCAT_IMPL(a, b)
#define JH_CONCAT_IMPL(a, b) a##b
