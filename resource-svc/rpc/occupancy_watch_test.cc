// The watch of how full things are, as clients read it.
#include <atomic>

#include "resource-svc/rpc/service_fixture.h"

namespace jinhuan::resource {
namespace {

class OccupancyWatchTest : public ServiceTest {
 protected:
  OccupancyWatchTest() {
    journal_.StartSealing();
    clock_.Advance(At(23, 9) - clock_.Now());
  }
  ~OccupancyWatchTest() override { journal_.StopSealing(); }

  // A watch that is read message by message.
  class Reader {
   public:
    Reader(OccupancyWatchTest& test, const std::string& token,
           const v1::WatchOccupancyRequest& filter = {},
           const auth::v1::Caller& caller = Staff("w", "m5")) {
      v1::WatchOccupancyRequest request = filter;
      request.set_parent("alliances/a");
      request.set_resume_token(token);
      context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
      context_.AddMetadata(rpc::kCallerMetadata,
                           test.signer_->Sign(caller, "jinhuan.resource.v1", test.clock_.Now()));
      stream_ = test.booking_stub_->WatchOccupancy(&context_, request);
    }
    ~Reader() { Stop(); }

    v1::WatchOccupancyResponse Next() {
      v1::WatchOccupancyResponse response;
      EXPECT_TRUE(stream_->Read(&response)) << "the stream ended";
      token_ = response.resume_token();
      return response;
    }
    // The next message that says something.
    v1::WatchOccupancyResponse News() {
      for (;;) {
        auto response = Next();
        if (!response.occupancies().empty() || ::testing::Test::HasFailure()) return response;
      }
    }
    void Stop() {
      if (stream_ == nullptr) return;
      context_.TryCancel();
      End().IgnoreError();
    }
    absl::Status End() {  // of one that the server ends
      v1::WatchOccupancyResponse response;
      while (stream_->Read(&response)) {
      }
      const absl::Status status = rpc::FromGrpc(stream_->Finish());
      stream_ = nullptr;
      return status;
    }
    const std::string& token() const { return token_; }

   private:
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReader<v1::WatchOccupancyResponse>> stream_;
    std::string token_;
  };

  // Waits until all that is written has its number.
  void Seal() {
    for (auto sealed = journal_.SealOnce(); sealed.value_or(0) > 0; sealed = journal_.SealOnce()) {
    }
  }

  void BookNow(const v1::Window& window, int hour = 9) {
    const auto booked = Book(Staff("s", "m2"), Booking(window.name(), At(23, hour)));
    ASSERT_TRUE(booked.ok()) << booked.status();
  }
};

TEST_F(OccupancyWatchTest, TellsEverythingFirstAndThenWhatChanges) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const v1::Window other = OpenNew(v1::FACILITY_KIND_PARKING, Daily(5));
  BookNow(window);
  Reader reader(*this, "");
  const auto all = reader.Next();
  ASSERT_EQ(all.occupancies_size(), 2);
  EXPECT_EQ(all.occupancies(0).uid(), window.name());
  EXPECT_EQ(all.occupancies(0).capacity(), 3);
  EXPECT_EQ(all.occupancies(0).realtime_free_capacity(), 2);
  EXPECT_EQ(all.occupancies(0).realtime_opening_status(), v1::OPENING_STATUS_OPEN);
  EXPECT_FALSE(all.resume_token().empty());

  BookNow(window, 15);  // is not under way
  BookNow(window);
  const auto next = reader.Next();
  ASSERT_EQ(next.occupancies_size(), 1);
  EXPECT_EQ(next.occupancies(0).realtime_free_capacity(), 1);

  ASSERT_TRUE(Resize(other, 8).ok());
  const auto resized = reader.Next();
  ASSERT_EQ(resized.occupancies_size(), 1);
  EXPECT_EQ(resized.occupancies(0).realtime_free_capacity(), 8);

  const std::string facility = other.name().substr(0, other.name().find("/windows/"));
  ASSERT_TRUE(Close(Closing(facility, At(23, 9), At(23, 11), /*emergency=*/true)).ok());
  EXPECT_EQ(reader.Next().occupancies(0).realtime_opening_status(), v1::OPENING_STATUS_WITHDRAWN);

  clock_.Advance(absl::Hours(1));  // the next slot has its three places
  const auto later = reader.Next();
  ASSERT_EQ(later.occupancies_size(), 1);
  EXPECT_EQ(later.occupancies(0).realtime_free_capacity(), 3);
}

TEST_F(OccupancyWatchTest, ResumesWithoutGapOrRepeat) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(50));
  const v1::Window quiet = OpenNew(v1::FACILITY_KIND_VENUE, Daily(50));
  std::string token;
  Seal();
  {
    Reader reader(*this, "");
    EXPECT_EQ(reader.Next().occupancies_size(), 2);
    token = reader.token();
  }
  BookNow(window);  // nobody watches: the board is gone, the journal is not
  {
    Reader reader(*this, token);
    const auto missed = reader.News();
    ASSERT_EQ(missed.occupancies_size(), 1);
    EXPECT_EQ(missed.occupancies(0).uid(), window.name());
    EXPECT_EQ(missed.occupancies(0).realtime_free_capacity(), 49);
    token = reader.token();
  }
  {
    Reader reader(*this, token);
    EXPECT_EQ(reader.Next().occupancies_size(), 0);  // nothing twice
    BookNow(quiet);
    EXPECT_EQ(reader.Next().occupancies(0).uid(), quiet.name());
    token = reader.token();
  }
  clock_.Advance(absl::Hours(1));  // by the clock alone
  Reader reader(*this, token);
  EXPECT_EQ(reader.News().occupancies_size(), 2);
}

TEST_F(OccupancyWatchTest, FiltersAndRefuses) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(3));
  const v1::Window parking = OpenNew(v1::FACILITY_KIND_PARKING, Daily(3));
  v1::WatchOccupancyRequest filter;
  filter.set_kind(v1::FACILITY_KIND_PARKING);
  {
    Reader reader(*this, "", filter, Person("system", auth::v1::ROLE_SYSTEM));
    EXPECT_EQ(reader.Next().occupancies(0).uid(), parking.name());
  }
  filter.clear_kind();
  filter.add_facilities(window.name().substr(0, window.name().find("/windows/")));
  {
    Reader reader(*this, "", filter);
    const auto all = reader.Next();
    ASSERT_EQ(all.occupancies_size(), 1);
    EXPECT_EQ(all.occupancies(0).uid(), window.name());
  }
  for (const char* bad : {"x", "1", "1.", ".1", "1.2x", "-1.5"}) {
    EXPECT_EQ(ReasonOf(Reader(*this, bad).End()), "FIELD_INVALID") << bad;
  }
  EXPECT_EQ(ReasonOf(Reader(*this, "999999.1").End()), "NUMBER_OUT_OF_RANGE");
  filter.add_facilities("alliances/b/facilities/f");
  EXPECT_EQ(ReasonOf(Reader(*this, "", filter).End()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Reader(*this, "", {}, Person("x", auth::v1::ROLE_AUDIT_ADMIN)).End()),
            "ROLE_REQUIRED");
}

// A board that many read is looked at once for all; who does not read holds nobody up.
TEST_F(OccupancyWatchTest, ManyWatchAndOneThatDoesNotReadHoldsNobodyUp) {
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(100));
  Reader asleep(*this, "");
  std::atomic<int> arrived = 0;
  std::atomic<int> ready = 0;
  std::thread booker([&] {
    Await(ready, 6);
    for (int i = 0; i < 30; ++i) BookNow(window);
  });
  OnThreads(6, [&](int) {
    Reader reader(*this, "");
    reader.Next();
    Count(ready);
    for (int left = 100; left > 70;) {
      const auto news = reader.Next();
      if (news.occupancies().empty()) continue;
      EXPECT_LT(news.occupancies(0).realtime_free_capacity(), left);
      left = news.occupancies(0).realtime_free_capacity();
    }
    ++arrived;
  });
  booker.join();
  EXPECT_EQ(arrived, 6);
}

// However many watch, a change is looked at once.
TEST_F(OccupancyWatchTest, AHundredReadersAskTheDatabaseNoMoreThanOne) {
  static const db::Query asked(
      "SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.GLOBAL_STATUS "
      "WHERE VARIABLE_NAME = 'QUESTIONS'",
      "");
  const v1::Window window = OpenNew(v1::FACILITY_KIND_VENUE, Daily(100));
  BookNow(window);
  OccupancyBoard board({database_.pool(), journal_, facilities_, windows_, slots_, clock_},
                       "alliances/a");
  const auto cost = [&](int readers) {
    Seal();
    EXPECT_TRUE(board.Load().ok());
    std::atomic<int> ready = 0;
    std::atomic<bool> over = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < readers; ++i) {
      threads.emplace_back([&] {
        int64_t revision = board.Since(0).revision;
        Count(ready);
        while (!over) {
          EXPECT_TRUE(board.Await(revision, absl::Milliseconds(200)).ok());
          revision = board.Since(revision).revision;
        }
      });
    }
    Await(ready, readers);
    const int64_t before = Number(asked);
    for (int i = 0; i < 5; ++i) {
      BookNow(window);
      absl::SleepFor(absl::Milliseconds(100));
    }
    const int64_t after = Number(asked);
    over = true;
    for (std::thread& thread : threads) thread.join();
    return after - before;
  };
  const int64_t one = cost(1);
  const int64_t hundred = cost(100);
  EXPECT_LT(hundred, 2 * one) << "one: " << one;
}

}  // namespace
}  // namespace jinhuan::resource
