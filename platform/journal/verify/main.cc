// jinhuan-verify: checks exported bundles of a journal, without its server.
#include <fmt/format.h>
#include <getopt.h>
#include <sodium.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/util/json_util.h"
#include "platform/journal/verify/bundle_file.h"
#include "platform/journal/verify/verifier.h"

namespace jinhuan::journal::verify {
namespace {

constexpr int kFailed = 1;
constexpr int kUnusable = 2;

constexpr char kUsageEn[] =
    "usage: jinhuan-verify --log-key FILE [OPTION...] BUNDLE...\n"
    "\n"
    "Checks bundles of a journal's export (JSON or binary), in the order of their\n"
    "numbers, without network or database.\n"
    "\n"
    "  --log-key FILE       the journal's public key (name+id+key), from a source you trust\n"
    "  --witness-keys FILE  public keys of witnesses, one a line\n"
    "  --witnesses N        so many of them must have cosigned (default: all)\n"
    "  --held FILE          an older checkpoint that must be continued\n"
    "  --part               the bundles are a part of the journal\n"
    "  --lang en|zh         language of the report\n"
    "\n"
    "Exit status: 0 all verified, 1 something did not, 2 could not be checked.\n";
constexpr char kUsageZh[] =
    "用法：jinhuan-verify --log-key 文件 [选项...] 导出文件...\n"
    "\n"
    "离线核验日志导出文件（JSON 或二进制，按编号顺序），不联网、不访问数据库。\n"
    "\n"
    "  --log-key 文件       日志公钥（名称+编号+密钥），应来自可信渠道\n"
    "  --witness-keys 文件  见证方公钥，每行一个\n"
    "  --witnesses N        至少需要联署的见证方数（默认全部）\n"
    "  --held 文件          已持有的较早检查点\n"
    "  --part               只核验日志的一部分\n"
    "  --lang en|zh         报告语言\n"
    "\n"
    "退出码：0 全部通过，1 有未通过项，2 无法核验。\n";

struct Arguments {
  std::string log_key;
  std::string witness_keys;
  std::optional<size_t> witnesses;
  std::string held;
  bool part = false;
  bool chinese = false;
  bool help = false;
  std::vector<std::string> bundles;
};

// Nothing where they are not what the usage says.
std::optional<Arguments> ParseArguments(int argc, char** argv) {
  enum Option { kLogKey = 1, kWitnessKeys, kWitnesses, kHeld, kPart, kLang, kHelp };
  static const option options[] = {{"log-key", required_argument, nullptr, kLogKey},
                                   {"witness-keys", required_argument, nullptr, kWitnessKeys},
                                   {"witnesses", required_argument, nullptr, kWitnesses},
                                   {"held", required_argument, nullptr, kHeld},
                                   {"part", no_argument, nullptr, kPart},
                                   {"lang", required_argument, nullptr, kLang},
                                   {"help", no_argument, nullptr, kHelp},
                                   {nullptr, 0, nullptr, 0}};
  Arguments arguments;
  bool good = true;
  for (int found = 0; (found = getopt_long(argc, argv, "", options, nullptr)) != -1;) {
    switch (found) {
      case kLogKey:
        arguments.log_key = optarg;
        break;
      case kWitnessKeys:
        arguments.witness_keys = optarg;
        break;
      case kWitnesses: {
        size_t count = 0;
        const char* end = optarg + std::strlen(optarg);
        const auto [behind, error] = std::from_chars(optarg, end, count);
        good = good && error == std::errc() && behind == end;
        arguments.witnesses = count;
        break;
      }
      case kHeld:
        arguments.held = optarg;
        break;
      case kPart:
        arguments.part = true;
        break;
      case kLang:
        arguments.chinese = std::string_view(optarg) == "zh";
        good = good && (arguments.chinese || std::string_view(optarg) == "en");
        break;
      case kHelp:
        arguments.help = true;
        break;
      default:
        good = false;
    }
  }
  arguments.bundles.assign(argv + optind, argv + argc);
  if (!arguments.help && (arguments.log_key.empty() || arguments.bundles.empty())) good = false;
  if (arguments.witnesses.has_value() && arguments.witness_keys.empty()) good = false;
  return good ? std::optional(arguments) : std::nullopt;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return absl::NotFoundError(fmt::format("{}: {}", path, std::strerror(errno)));
  return std::move(content).str();
}

// The note of a file that holds it, or the answer of GetCheckpoint as JSON.
std::string NoteOf(const std::string& content) {
  v1::Checkpoint checkpoint;
  if (content.starts_with('{') &&
      google::protobuf::util::JsonStringToMessage(content, &checkpoint).ok()) {
    return checkpoint.note();
  }
  return content;
}

absl::StatusOr<Trust> TrustOf(const Arguments& arguments) {
  auto key = ReadFile(arguments.log_key);
  if (!key.ok()) return key.status();
  const auto log = tree::PublicKey::Parse(key->substr(0, key->find_first_of("\r\n")));
  if (!log.ok() || log->type() != tree::KeyType::kLog) {
    return absl::InvalidArgumentError(arguments.log_key + ": not the public key of a journal");
  }
  Trust trust{.log = *log};
  trust.part = arguments.part;
  if (!arguments.witness_keys.empty()) {
    const auto content = ReadFile(arguments.witness_keys);
    if (!content.ok()) return content.status();
    auto keys = tree::ParseWitnessKeys(*content);
    if (!keys.ok()) return keys.status();
    trust.witnesses = *std::move(keys);
    trust.witnesses_needed = arguments.witnesses.value_or(trust.witnesses.size());
  }
  if (!arguments.held.empty()) {
    const auto held = ReadFile(arguments.held);
    if (!held.ok()) return held.status();
    trust.held = NoteOf(*held);
  }
  return trust;
}

int Main(int argc, char** argv) {
  const auto arguments = ParseArguments(argc, argv);
  if (!arguments.has_value() || arguments->help) {
    const bool chinese = arguments.has_value() && arguments->chinese;
    (arguments.has_value() ? std::cout : std::cerr) << (chinese ? kUsageZh : kUsageEn);
    return arguments.has_value() ? 0 : kUnusable;
  }
  auto trust = TrustOf(*arguments);
  if (!trust.ok()) {
    std::cerr << trust.status().message() << '\n';
    return kUnusable;
  }
  Verifier verifier(*std::move(trust));
  for (const std::string& file : arguments->bundles) {
    const auto content = ReadFile(file);
    if (!content.ok()) {
      std::cerr << content.status().message() << '\n';
      return kUnusable;
    }
    const auto bundle = ParseBundle(*content);
    if (bundle.ok()) {
      verifier.Add(file, *bundle);
    } else {
      const std::string why(bundle.status().message());
      verifier.findings().Failed(Check::kForm, {absl::StrCat(file, ": ", why),
                                                absl::StrCat(file, "：不是有效的导出文件")});
    }
  }
  verifier.Finish();
  std::cout << verifier.findings().Report(arguments->chinese);
  return verifier.findings().failed() ? kFailed : 0;
}

}  // namespace
}  // namespace jinhuan::journal::verify

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 2;
  google::protobuf::SetLogHandler(nullptr);  // what is wrong with a file is told once
  return jinhuan::journal::verify::Main(argc, argv);
}
