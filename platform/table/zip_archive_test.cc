#include "platform/table/zip_archive.h"

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>

#include "platform/table/table_matchers.h"
#include "platform/table/xlsx_fixture.h"

namespace jinhuan::table {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

// A line of /proc/self/status, in KiB.
int64_t Memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1));
  }
  return -1;
}

// What refuses `bomb`, which must cost next to nothing.
std::string BombRefusal(const std::string& bomb, const Limits& limits) {
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak counts from here
  const int64_t before = Memory("VmRSS");
  const std::clock_t begun = std::clock();  // of the processor: others may be at work
  const std::string refusal = Refusal(ReadTable(bomb, limits));
  const double ms = 1e3 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  const int64_t extra = Memory("VmHWM") - before;
  std::printf("bomb of %zu bytes: %s in %.1f ms with %lld KiB\n", bomb.size(), refusal.c_str(), ms,
              static_cast<long long>(extra));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(ms, 100);
  EXPECT_LT(extra, 20 * 1024);
#endif
  return refusal;
}

// Makes the file say, in both of its places, that entries of `from` bytes have
// `to` bytes.
void Understate(size_t from, size_t to, std::string& bytes) {
  const auto little = [](size_t size) {
    std::string text;
    for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(size >> shift);
    return text;
  };
  int places = 0;
  for (size_t at = bytes.find(little(from)); at != bytes.npos; at = bytes.find(little(from))) {
    bytes.replace(at, 4, little(to));
    ++places;
  }
  EXPECT_EQ(places, 2);
}

TEST(ZipArchiveTest, RefusesABombAtOnce) {
  Parts parts = WorkbookParts("");
  parts[kSheetPart] = std::string(100 * kMiB, '\0');
  std::string bomb = MakeZip(parts);
  parts.clear();
  EXPECT_LT(bomb.size(), 200'000u);
  EXPECT_EQ(BombRefusal(bomb, {}), "TOO_LARGE");
  EXPECT_EQ(BombRefusal(bomb, {.max_part_bytes = 200 * kMiB, .max_unpacked_bytes = 200 * kMiB}),
            "PACKED_TOO_TIGHT");
  Understate(100 * kMiB, 1000, bomb);
  EXPECT_EQ(BombRefusal(bomb, {}), "DAMAGED");  // no XML
}

TEST(ZipArchiveTest, RefusesABombOfXmlThatLies) {
  // Well-formed to the end, so that nothing but the count can refuse it.
  Parts parts = WorkbookParts(std::string(60 * kMiB, ' '));
  const size_t size = parts[kSheetPart].size();
  std::string bomb = MakeZip(parts);
  parts.clear();
  Understate(size, 1000, bomb);
  EXPECT_EQ(BombRefusal(bomb, {}), "PACKED_TOO_TIGHT");
  EXPECT_EQ(BombRefusal(bomb, {.max_part_bytes = 8 * kMiB, .max_ratio = 5'000}), "TOO_LARGE");
}

TEST(ZipArchiveTest, CountsWhatAllPartsUnpackTo) {
  const std::string blanks(2 * kMiB, ' ');
  const std::string book = MakeZip(WorkbookParts(blanks, blanks, blanks));
  const auto refusal = [&](size_t part, size_t all) {
    return Refusal(
        ReadTable(book, {.max_part_bytes = part, .max_unpacked_bytes = all, .max_ratio = 5'000}));
  };
  EXPECT_EQ(refusal(3 * kMiB, 7 * kMiB), "");
  EXPECT_EQ(refusal(3 * kMiB, 5 * kMiB), "TOO_LARGE");
  EXPECT_EQ(refusal(1 * kMiB, 7 * kMiB), "TOO_LARGE");
  EXPECT_EQ(Refusal(ReadTable(book)), "PACKED_TOO_TIGHT");
}

TEST(ZipArchiveTest, CountsEntries) {
  Parts parts = WorkbookParts("");
  while (parts.size() < 500) parts["x" + std::to_string(parts.size())] = "";
  const std::string book = MakeZip(parts);
  EXPECT_EQ(Refusal(ReadTable(book, {.max_parts = 500})), "");
  EXPECT_EQ(Refusal(ReadTable(book, {.max_parts = 499})), "DAMAGED");
}

TEST(ZipArchiveTest, RefusesEncryptedParts) {
  EXPECT_EQ(Refusal(ReadTable(MakeZip(WorkbookParts(""), "secret"))), "OLD_FORMAT");
}

TEST(ZipArchiveTest, SurvivesEveryCut) {
  const std::string book = MakeZip(WorkbookParts("<row><c><v>1</v></c></row>"));
  ASSERT_EQ(Refusal(ReadTable(book)), "");
  for (size_t length = 4; length < book.size(); ++length) {
    ASSERT_NE(Refusal(ReadTable(book.substr(0, length))), "") << length;
  }
}

TEST(ZipArchiveTest, SurvivesEveryWrongByte) {
  const std::string book = MakeZip(WorkbookParts("<row><c><v>1</v></c></row>"));
  const Cells right = CellsOf(ReadTable(book));
  size_t refused = 0;
  for (size_t at = 0; at < book.size(); ++at) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string wrong = book;
      wrong[at] = static_cast<char>(wrong[at] ^ flip);
      const auto table = ReadTable(wrong);
      refused += table.ok() ? 0 : 1;
      // A byte that says nothing of the content may be any; no other table comes out.
      if (table.ok() && at >= 4) {
        EXPECT_EQ(CellsOf(table), right) << at;
      }
    }
  }
  EXPECT_GT(refused, book.size());
}

}  // namespace
}  // namespace jinhuan::table
