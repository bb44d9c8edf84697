#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Return early from a function that returns absl::Status or StatusOr.
#define JH_RETURN_IF_ERROR(expression)                                  \
  do {                                                                  \
    if (absl::Status jh_status = (expression); !jh_status.ok()) {       \
      return jh_status;                                                 \
    }                                                                   \
  } while (false)

// JH_ASSIGN_OR_RETURN(Type name, expression that yields StatusOr<Type>);
#define JH_ASSIGN_OR_RETURN(target, expression) \
  JH_ASSIGN_OR_RETURN_IMPL(JH_CONCAT(jh_result_, __LINE__), target, expression)
#define JH_ASSIGN_OR_RETURN_IMPL(result, target, expression) \
  auto result = (expression);                                \
  if (!result.ok()) return std::move(result).status();       \
  target = *std::move(result)
#define JH_CONCAT(a, b) JH_CONCAT_IMPL(a, b)
#define JH_CONCAT_IMPL(a, b) a##b
