#include "platform/log.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

namespace jinhuan::log {
namespace {

std::string Json(std::string_view text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

TEST(AppendJsonStringTest, EscapesWhatRfc8259Asks) {
  EXPECT_EQ(Json("plain / 党建 🚗"), "\"plain / 党建 🚗\"");
  EXPECT_EQ(Json("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Json("a\nb\tc\r"), R"("a\u000ab\u0009c\u000d")");
  EXPECT_EQ(Json(std::string_view("\0\x1F", 2)), R"("\u0000\u001f")");
  EXPECT_EQ(Json(""), R"("")");
}

TEST(AppendJsonStringTest, ReplacesWhatIsNotUtf8) {
  constexpr char kReplacement[] = "\xEF\xBF\xBD";
  const auto replaced = [&](int times, const std::string& rest) {
    std::string expected = "\"";
    for (int i = 0; i < times; ++i) expected += kReplacement;
    return expected + rest + "\"";
  };
  EXPECT_EQ(Json("\xFFx"), replaced(1, "x"));
  EXPECT_EQ(Json("\x80x"), replaced(1, "x"));              // a tail without a head
  EXPECT_EQ(Json("\xC0\xAFx"), replaced(2, "x"));          // overlong
  EXPECT_EQ(Json("\xE0\x80\xAFx"), replaced(3, "x"));      // overlong
  EXPECT_EQ(Json("\xED\xA0\x80x"), replaced(3, "x"));      // a surrogate
  EXPECT_EQ(Json("\xF4\x90\x80\x80x"), replaced(4, "x"));  // beyond U+10FFFF
  EXPECT_EQ(Json("\xE5\x85"), replaced(2, ""));            // cut off
}

// The logger that Write uses, caught.
class LogLineTest : public ::testing::Test {
 protected:
  LogLineTest() : before_(spdlog::default_logger()) {
    auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_));
    logger->set_pattern("%v");
    spdlog::set_default_logger(logger);
  }
  ~LogLineTest() override { spdlog::set_default_logger(before_); }

  google::protobuf::Struct Line() {
    google::protobuf::Struct line;
    const auto status = google::protobuf::util::JsonStringToMessage(text_.str(), &line);
    EXPECT_TRUE(status.ok()) << text_.str();
    return line;
  }

  std::ostringstream text_;
  std::shared_ptr<spdlog::logger> before_;
};

TEST_F(LogLineTest, IsOneJsonObject) {
  Info("it \"happened\"\n", {{"text", "a\nb"}, {"count", 7}, {"ms", 1.25}, {"ok", true}});
  EXPECT_EQ(text_.str().find('\n'), text_.str().size() - 1);
  const auto line = Line();
  EXPECT_EQ(line.fields().at("level").string_value(), "info");
  EXPECT_EQ(line.fields().at("event").string_value(), "it \"happened\"\n");
  EXPECT_EQ(line.fields().at("text").string_value(), "a\nb");
  EXPECT_EQ(line.fields().at("count").number_value(), 7);
  EXPECT_EQ(line.fields().at("ms").number_value(), 1.25);
  EXPECT_TRUE(line.fields().at("ok").bool_value());
}

TEST_F(LogLineTest, LeavesOutWhatIsBelowTheLevel) {
  Debug("hidden");
  EXPECT_EQ(text_.str(), "");
  Error("shown");
  EXPECT_EQ(Line().fields().at("level").string_value(), "error");
}

}  // namespace
}  // namespace jinhuan::log
