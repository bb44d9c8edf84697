#include "meeting-svc/domain/mail_texts.h"

#include <fmt/format.h>

#include "absl/strings/ascii.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

constexpr int kSubject = 80;  // characters; the text has all of it

std::string Shortened(const std::string& text) {
  return CodePoints(text) <= kSubject ? text : Utf8Prefix(text, kSubject - 1) + "…";
}

// The portal's page of a resource: its address is known there alone.
std::string PageUrl(const std::string& portal_url, const std::string& resource) {
  std::string url = portal_url + "/open?name=";
  for (const char c : resource) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '-' ||
                       c == '_' || c == '.';
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return url;
}

}  // namespace

std::string MailSettingsUrl(const std::string& portal_url) { return portal_url + "/mine/settings"; }

MailText NoticeMail(const v1::Notice& notice, const std::string& language,
                    const std::string& portal_url) {
  const std::string page = PageUrl(portal_url, notice.resource());
  const std::string settings = MailSettingsUrl(portal_url);
  if (language == "en") {
    return {.subject = Shortened("[Jinhuan] " + notice.text_en()),
            .text = fmt::format(
                "{}\n{}\nOpen: {}\n\n-- \n"
                "You get this mail because you turned on e-mail notices. Change or stop them: {}\n"
                "Replies to this mail are not read.\n",
                notice.text_en(), notice.action_needed() ? "You are asked to do something.\n" : "",
                page, settings)};
  }
  return {.subject = Shortened("【金环】" + notice.text()),
          .text = fmt::format(
              "{}\n{}\n查看：{}\n\n-- \n"
              "您收到此邮件，是因为您开启了邮件通知。更改或停止：{}\n请勿回复本邮件。\n",
              notice.text(), notice.action_needed() ? "此事需要您处理。\n" : "", page, settings)};
}

MailText CodeMail(const std::string& code, const std::string& language,
                  const std::string& portal_url) {
  const std::string settings = MailSettingsUrl(portal_url);
  if (language == "en") {
    return {.subject = "[Jinhuan] Confirm your e-mail address",
            .text = fmt::format(
                "Your code: {}\n\nEnter it on the settings page within an hour: {}\n\n"
                "If you did not ask for it, ignore this mail: nothing will be sent here.\n",
                code, settings)};
  }
  return {.subject = "【金环】确认您的邮箱地址",
          .text = fmt::format("验证码：{}\n\n请在一小时内到设置页面填写：{}\n\n"
                              "如非您本人操作，请忽略此邮件，系统不会再向此地址发送邮件。\n",
                              code, settings)};
}

}  // namespace jinhuan::meeting
