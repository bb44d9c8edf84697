#include "gateway/static_files.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace jinhuan::gateway {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "static_files_XXXXXX";
    root_ = mkdtemp(pattern.data());
    Write("portal/index.html", "<html>");
    Write("portal/assets/app-1a2b.js", "script");
    Write("portal/assets/app-1a2b.js.br", "brotli");
    Write("portal/assets/app-1a2b.js.gz", "gzip");
    Write("portal/.hidden", "hidden");
    Write("secret.txt", "secret");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& content) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << content;
  }
  http::Response Get(const std::string& path, std::vector<http::Header> headers = {},
                     const std::string& method = "GET") {
    http::Request request;
    request.method = method;
    request.path = path;
    request.headers = std::move(headers);
    return files_->Serve(request);
  }
  static std::string Header(const http::Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
      if (header.name == name) return header.value;
    }
    return "";
  }

  fs::path root_;
  std::unique_ptr<StaticFiles> files_;

  StaticFilesTest() = default;
  void Open() { files_ = std::make_unique<StaticFiles>(root_ / "portal"); }
};

TEST_F(StaticFilesTest, ThePageIsAskedForAgainAndProtected) {
  Open();
  const auto page = Get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content(), "<html>");
  EXPECT_EQ(Header(page, "Cache-Control"), "no-cache");
  EXPECT_EQ(Header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(Header(page, "Content-Security-Policy"), HasSubstr("default-src 'self'"));
}

TEST_F(StaticFilesTest, AnAssetIsKeptForEver) {
  Open();
  const auto asset = Get("/assets/app-1a2b.js");
  EXPECT_EQ(asset.content(), "script");
  EXPECT_EQ(Header(asset, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(Header(asset, "Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(StaticFilesTest, GivesTheBestCoding) {
  Open();
  const auto best = Get("/assets/app-1a2b.js", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(best.content(), "brotli");
  EXPECT_EQ(Header(best, "Content-Encoding"), "br");
  EXPECT_EQ(Header(best, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(Header(best, "Vary"), "Accept-Encoding");
  EXPECT_EQ(Get("/assets/app-1a2b.js", {{"accept-encoding", "gzip"}}).content(), "gzip");
  EXPECT_EQ(Get("/assets/app-1a2b.js", {{"accept-encoding", "br;q=0"}}).content(), "script");
}

TEST_F(StaticFilesTest, DoesNotGiveACompressedFileOfAnOlderBuild) {
  fs::last_write_time(
      root_ / "portal/assets/app-1a2b.js.br",
      fs::last_write_time(root_ / "portal/assets/app-1a2b.js") - std::chrono::seconds(10));
  Open();
  EXPECT_EQ(Get("/assets/app-1a2b.js", {{"accept-encoding", "br"}}).content(), "script");
}

TEST_F(StaticFilesTest, PathsOfPagesGiveTheIndex) {
  Open();
  EXPECT_EQ(Get("/bookings/b1", {{"accept", "text/html,*/*;q=0.8"}}).content(), "<html>");
  EXPECT_EQ(Get("/bookings/b1", {{"accept", "application/json"}}).status, 404);
  EXPECT_EQ(Get("/assets/gone.js", {{"accept", "text/html"}}).status, 404);
}

TEST_F(StaticFilesTest, KnowsWhatTheBrowserHas) {
  Open();
  const std::string etag = Header(Get("/"), "ETag");
  const auto same = Get("/", {{"if-none-match", "W/" + etag + ", \"x\""}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.content(), "");
  EXPECT_EQ(Header(same, "ETag"), etag);
  EXPECT_EQ(Get("/", {{"if-none-match", "\"x\""}}).status, 200);
}

TEST_F(StaticFilesTest, SeesANewBuild) {
  Open();
  EXPECT_EQ(Get("/").content(), "<html>");
  Write("portal/index.html", "<html new>");
  fs::last_write_time(root_ / "portal/index.html",
                      fs::file_time_type::clock::now() + std::chrono::seconds(1));
  EXPECT_EQ(Get("/").content(), "<html new>");
}

TEST_F(StaticFilesTest, NothingOutsideIsReachable) {
  fs::create_symlink(root_ / "secret.txt", root_ / "portal/link.txt");
  Open();
  for (const char* path :
       {"/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt",
        "/.hidden", "/%2Ehidden", "//etc/passwd", "/assets//app-1a2b.js", "/..\\secret.txt",
        "/a%00b", "/%zz", "/link.txt"}) {
    const auto response = Get(path, {{"accept", "application/json"}});
    EXPECT_EQ(response.status, 404) << path;
  }
}

TEST_F(StaticFilesTest, CompressedFilesHaveNoNameOfTheirOwn) {
  Open();
  EXPECT_EQ(Get("/assets/app-1a2b.js.br").status, 404);
  EXPECT_EQ(Get("/assets").status, 200);  // a page of the portal, for all that is known
}

TEST_F(StaticFilesTest, OnlyReads) {
  Open();
  EXPECT_EQ(Get("/", {}, "POST").status, 405);
  EXPECT_EQ(Get("/", {}, "HEAD").status, 200);
}

TEST_F(StaticFilesTest, BearsAMissingFolder) {
  StaticFiles none((root_ / "none").string());
  http::Request request;
  request.method = "GET";
  request.path = "/";
  EXPECT_EQ(none.Serve(request).status, 404);
}

}  // namespace
}  // namespace jinhuan::gateway
