// What mails are made of, and when they are tried again.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <regex>

#include "absl/strings/escaping.h"
#include "meeting-svc/domain/mail_address.h"
#include "meeting-svc/domain/mail_code.h"
#include "meeting-svc/domain/mail_delivery.h"
#include "meeting-svc/domain/mail_message.h"
#include "meeting-svc/domain/mail_texts.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const absl::Time kTime = absl::FromUnixSeconds(1'800'000'000);  // 2027-01-15 08:00 UTC

std::vector<std::string> LinesOf(const std::string& message) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < message.size();) {
    const size_t end = message.find("\r\n", begin);
    EXPECT_NE(end, std::string::npos) << "the last line does not end";
    if (end == std::string::npos) break;
    lines.push_back(message.substr(begin, end - begin));
    begin = end + 2;
  }
  return lines;
}

std::string Decoded(const std::string& base64) {
  std::string bytes;
  EXPECT_TRUE(absl::Base64Unescape(base64, &bytes)) << base64;
  return bytes;
}

// What a header's encoded words say; each must be whole characters and its line not too long.
std::string DecodedHeader(const std::string& header) {
  std::string text;
  static const std::regex word(R"(=\?UTF-8\?B\?([^?]*)\?=)");
  for (const std::string& line : LinesOf(header)) EXPECT_LE(line.size(), 76U) << line;
  for (std::sregex_iterator at(header.begin(), header.end(), word), none; at != none; ++at) {
    const std::string part = Decoded((*at)[1]);
    EXPECT_NE(CodePoints(part), -1) << part << " is cut within a character";
    text += part;
  }
  return text;
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(MailHeaderTest, SaysAnyTextInWholeCharacters) {
  for (const std::string& text : {std::string(), std::string("plain"), Repeated("金", 100),
                                  fmt::format("a{}", Repeated("环", 100)),
                                  fmt::format("ab{}", Repeated("𠮷", 70)), Repeated("é", 99)}) {
    EXPECT_EQ(DecodedHeader(EncodedHeader("Subject", text)), text);
  }
}

TEST(MailHeaderTest, MakesNoLineOfAText) {
  const std::string header = EncodedHeader("Subject", "停车\r\nBcc: all@example.cn\n\tx\x7F");
  EXPECT_EQ(DecodedHeader(header), "停车  Bcc: all@example.cn  x ");
  EXPECT_THAT(LinesOf(header), Each(Not(HasSubstr("Bcc"))));
}

TEST(MailHeaderTest, SaysWhatIsNoUtf8) {
  EXPECT_EQ(DecodedHeader(EncodedHeader("Subject", "a\xFF\xE9\x87z")), "a???z");
}

TEST(MailMessageTest, HasWhatReadersAndServersWant) {
  const std::string message = Render({.id = "n1.u1@example.cn",
                                      .from = "no-reply@example.cn",
                                      .to = "someone@example.com",
                                      .subject = "【金环】会议",
                                      .text = Repeated("请按时参加会议。\n.\nFrom me\r\n", 40),
                                      .unsubscribe_url = "https://site.example/mine/settings",
                                      .time = kTime});
  const size_t gap = message.find("\r\n\r\n");
  ASSERT_NE(gap, std::string::npos);
  EXPECT_EQ(message.substr(0, gap + 2),
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
            "From: =?UTF-8?B?6YeR546v?= <no-reply@example.cn>\r\n"
            "To: <someone@example.com>\r\n"
            "Message-ID: <n1.u1@example.cn>\r\n"
            "Subject: =?UTF-8?B?44CQ6YeR546v44CR5Lya6K6u?=\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "List-Unsubscribe: <https://site.example/mine/settings>\r\n");
  std::string body;
  for (const std::string& line : LinesOf(message.substr(gap + 4))) {
    EXPECT_LE(line.size(), 76U);
    body += Decoded(line);
  }
  EXPECT_EQ(body, Repeated("请按时参加会议。\r\n.\r\nFrom me\r\n", 40));
}

TEST(MailTextTest, ANoticeLeadsToWhereItIsShown) {
  v1::Notice notice;
  notice.set_resource("alliances/a/meetings/m?x=1&y");
  notice.set_text(Repeated("长", 200));
  notice.set_text_en("Answer the notice");
  const MailText zh = NoticeMail(notice, "zh-CN", "https://site.example");
  EXPECT_EQ(CodePoints(zh.subject), 80);
  EXPECT_THAT(zh.text, HasSubstr(notice.text()));
  EXPECT_THAT(zh.text,
              HasSubstr("https://site.example/open?name=alliances/a/meetings/m%3Fx%3D1%26y\n"));
  EXPECT_THAT(zh.text, HasSubstr("https://site.example/mine/settings\n"));
  EXPECT_THAT(zh.text, Not(HasSubstr("需要您处理")));
  notice.set_action_needed(true);
  EXPECT_THAT(NoticeMail(notice, "zh-CN", "").text, HasSubstr("需要您处理"));
  EXPECT_EQ(NoticeMail(notice, "en", "").subject, "[Jinhuan] Answer the notice");
}

TEST(MailAddressTest, TakesWhatServersTake) {
  for (const char* good : {"a@b.cn", "first.last+tag@sub.example.com", "o'neil_1@xn--fiqs8s.cn"}) {
    EXPECT_TRUE(IsMailAddress(good)) << good;
  }
  for (const char* bad :
       {"", "a", "@b.cn", "a@", "a@b", "a@b..cn", "a@-b.cn", "a@b.cn.", ".a@b.cn", "a..b@b.cn",
        "a b@b.cn", "a@b@c.cn", "<a@b.cn>", "a@b.cn\r\nRCPT TO:<c@d.cn>", "a,b@c.cn", "\"a\"@b.cn",
        "金@b.cn", "a@金.cn", "a@[127.0.0.1]"}) {
    EXPECT_FALSE(IsMailAddress(bad)) << bad;
  }
  EXPECT_FALSE(IsMailAddress(fmt::format("{}@b.cn", std::string(65, 'a'))));
  EXPECT_FALSE(IsMailAddress(fmt::format("a@{}cn", Repeated("b.", 130))));
}

TEST(MailAddressTest, MasksAllButWhereItIs) {
  EXPECT_EQ(MaskMail("zhang.san@example.cn"), "z***@example.cn");
  EXPECT_EQ(MaskMail("a@b.cn"), "a***@b.cn");
  EXPECT_EQ(MaskMail(""), "");
}

TEST(MailCodeTest, IsOfPersonAddressAndTime) {
  const std::string code = MailCode("secret", "users/u", "a@b.cn", "1");
  EXPECT_THAT(code, SizeIs(6));
  EXPECT_TRUE(IsMailCode(code, code));
  EXPECT_FALSE(IsMailCode(code, ""));
  EXPECT_FALSE(IsMailCode(code, code + "0"));
  EXPECT_NE(MailCode("other", "users/u", "a@b.cn", "1"), code);
  EXPECT_NE(MailCode("secret", "users/v", "a@b.cn", "1"), code);
  EXPECT_NE(MailCode("secret", "users/u", "a@b.com", "1"), code);
  EXPECT_NE(MailCode("secret", "users/u", "a@b.cn", "2"), code);
}

TEST(MailCodeTest, FiveADayAndOneAMinute) {
  MailCodes codes;
  absl::Time now = kTime;
  for (int i = 0; i < 5; ++i, now += absl::Minutes(1)) {
    EXPECT_EQ(MailCodeWait(codes, now), absl::ZeroDuration());
    codes = WithAnother(codes, now);
    EXPECT_GE(MailCodeWait(codes, now), absl::Minutes(1));
  }
  EXPECT_EQ(MailCodeWait(codes, now), kTime + absl::Hours(24) - now);
  now = kTime + absl::Hours(24);
  EXPECT_EQ(MailCodeWait(codes, now), absl::ZeroDuration());
  EXPECT_EQ(WithAnother(codes, now).count, 1);
}

TEST(MailDeliveryTest, WhoRefusesWhat) {
  const auto outcome = [](const char* verb, int code, const char* text = "") {
    return OutcomeOf({.accepted = false, .verb = verb, .code = code, .text = text});
  };
  EXPECT_EQ(OutcomeOf({.accepted = true, .verb = "DATA", .code = 250, .text = ""}),
            MailOutcome::kSent);
  EXPECT_EQ(outcome("", 0), MailOutcome::kServerAway);
  EXPECT_EQ(outcome("STARTTLS", 220), MailOutcome::kServerAway);
  EXPECT_EQ(outcome("AUTH", 535), MailOutcome::kServerAway);
  EXPECT_EQ(outcome("MAIL", 550), MailOutcome::kServerAway);
  EXPECT_EQ(outcome("RCPT", 450, "4.2.0 greylisted"), MailOutcome::kLater);
  EXPECT_EQ(outcome("RCPT", 550, "5.1.1 no such user"), MailOutcome::kAddressRefused);
  EXPECT_EQ(outcome("RCPT", 550, "no such user"), MailOutcome::kAddressRefused);
  EXPECT_EQ(outcome("RCPT", 554, "5.7.1 relaying denied"), MailOutcome::kMailRefused);
  EXPECT_EQ(outcome("DATA", 451), MailOutcome::kLater);
  EXPECT_EQ(outcome("DATA", 554, "spam"), MailOutcome::kMailRefused);
  EXPECT_EQ(outcome("DATA", 0), MailOutcome::kServerAway);
}

TEST(MailDeliveryTest, WaitsLongerEachTimeButNotLongForAServer) {
  EXPECT_EQ(MailPause(MailOutcome::kLater, 1), absl::Minutes(1));
  EXPECT_EQ(MailPause(MailOutcome::kLater, 2), absl::Minutes(2));
  EXPECT_EQ(MailPause(MailOutcome::kLater, 7), absl::Minutes(64));
  EXPECT_EQ(MailPause(MailOutcome::kLater, 8), absl::Minutes(120));
  EXPECT_EQ(MailPause(MailOutcome::kLater, 100), absl::Minutes(120));
  EXPECT_EQ(MailPause(MailOutcome::kServerAway, 1), absl::Minutes(1));
  EXPECT_EQ(MailPause(MailOutcome::kServerAway, 100), absl::Minutes(5));
}

}  // namespace
}  // namespace jinhuan::meeting
