#include "meeting-svc/domain/request_text.h"

namespace jinhuan::meeting {

std::string Text(v1::RequestCategory category) {
  switch (category) {
    case v1::REQUEST_CATEGORY_PARKING:
      return "停车交通";
    case v1::REQUEST_CATEGORY_MEALS:
      return "用餐";
    case v1::REQUEST_CATEGORY_ENVIRONMENT:
      return "环境绿化";
    case v1::REQUEST_CATEGORY_NOISE:
      return "噪声";
    case v1::REQUEST_CATEGORY_SAFETY:
      return "安全隐患";
    case v1::REQUEST_CATEGORY_REPAIR:
      return "设施损坏";
    case v1::REQUEST_CATEGORY_OTHER:
      return "其他";
    default:
      return "";
  }
}

std::string Text(v1::RequestType type) {
  switch (type) {
    case v1::REQUEST_TYPE_SIMPLE:
      return "简单";
    case v1::REQUEST_TYPE_DIFFICULT:
      return "疑难";
    default:
      return "一般";
  }
}

}  // namespace jinhuan::meeting
