// Who gets which mail, and who may try it.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/mail_code.h"
#include "meeting-svc/domain/mail_delivery.h"
#include "meeting-svc/domain/notice_audience.h"
#include "meeting-svc/storage/circle_store.h"
#include "meeting-svc/storage/mail_settings_store.h"
#include "meeting-svc/storage/storage_test_base.h"
#include "platform/status/error.h"
#include "platform/testing/eventually.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kUnit[] = "alliances/a/members/m";

class MailTest : public StorageTest {
 protected:
  MailTest() {
    AddMember("m", "单位", alliance::v1::Member::STATE_ACTIVE);
    for (const char* id : {"u1", "u2"}) Keep(Liaison(id));
  }

  static alliance::v1::User Liaison(const std::string& id) {
    alliance::v1::User user;
    user.set_name("users/" + id);
    user.set_state(alliance::v1::User::STATE_ACTIVE);
    auth::v1::Grant& grant = *user.add_grants();
    grant.set_role(auth::v1::ROLE_LIAISON);
    grant.set_alliance("alliances/a");
    grant.set_member(kUnit);
    return user;
  }
  // Runs what returns a Status.
  absl::Status Try(absl::FunctionRef<absl::Status(db::Connection&)> body) {
    return db::InTransaction(database_.pool(), absl::Now() + absl::Seconds(30), body);
  }
  void Keep(const alliance::v1::User& user) {
    const auto kept = Try([&](db::Connection& c) { return CircleStore().Keep(c, user); });
    ASSERT_TRUE(kept.ok()) << kept;
  }

  // Whether a transaction on this test's database waits for another one.
  bool SomebodyWaits() {
    static const db::Query waiting(
        "SELECT COUNT(*) FROM information_schema.INNODB_TRX t "
        "JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id "
        "WHERE p.DB = DATABASE() AND t.trx_state = 'LOCK WAIT'",
        "");
    int64_t count = 0;
    const auto read =
        db::Read(database_.pool(), absl::Now() + absl::Seconds(30), [&](db::Connection& c) {
          return c.Select(waiting, {}, [&](const db::Row& row) { count = row.Int(0); }).status();
        });
    EXPECT_TRUE(read.ok()) << read;
    return count > 0;
  }

  api::Call CallOf(const std::string& id, absl::Time now) const {
    api::Call call = CallAt(now);
    call.caller.set_name("users/" + id);
    return call;
  }
  absl::Status Name(const std::string& id, const std::string& address, absl::Time now) {
    return Try(
        [&](db::Connection& c) { return settings_.Name(c, CallOf(id, now), address, "zh-CN"); });
  }
  absl::Status Confirm(const std::string& id, const std::string& code, absl::Time now) {
    const auto call = CallOf(id, now);
    const auto left = Do([&](db::Connection& c) { return settings_.CountTry(c, call); });
    if (!left.ok()) return left.status();
    return Try([&](db::Connection& c) { return settings_.Confirm(c, call, code, *left); });
  }
  absl::Status Update(const std::string& id,
                      absl::FunctionRef<absl::Status(v1::MailSettings&)> edit) {
    return Try([&](db::Connection& c) { return settings_.Update(c, CallOf(id, now_), edit); });
  }
  // The code that waits in the outbox for a person.
  std::string CodeOf(const std::string& id, absl::Time now) {
    for (const MailOutbox::Letter& letter : Due(now)) {
      if (letter.user_id == id && letter.kind == MailOutbox::Kind::kCode) {
        const auto to =
            Do([&](db::Connection& c) { return settings_.DestinationOf(c, letter, now); });
        if (to.ok() && !to->code.empty()) return to->code;
      }
    }
    return "";
  }
  void OptIn(const std::string& id, const std::string& address) {
    ASSERT_TRUE(Name(id, address, now_).ok());
    const auto confirmed = Confirm(id, CodeOf(id, now_), now_);
    ASSERT_TRUE(confirmed.ok()) << confirmed;
  }
  v1::MailSettings SettingsOf(const std::string& id) {
    const auto settings = Do([&](db::Connection& c) { return settings_.Get(c, "users/" + id); });
    EXPECT_TRUE(settings.ok()) << settings.status();
    return settings.value_or(v1::MailSettings());
  }

  std::vector<MailOutbox::Letter> Due(absl::Time now) {
    const auto due = Do([&](db::Connection& c) { return outbox_.Due(c, now, 100); });
    EXPECT_TRUE(due.ok()) << due.status();
    return due.value_or(std::vector<MailOutbox::Letter>());
  }
  // Whom a notice is to be mailed to.
  std::vector<std::string> ToldOf(const std::string& circle, bool action_needed = false,
                                  absl::Duration age = absl::ZeroDuration()) {
    v1::Notice notice;
    notice.set_action_needed(action_needed);
    const std::string id = fmt::format("n{}", ++notices_);
    const auto added = Try([&](db::Connection& c) {
      return outbox_.Add(c, {id, circle, notice, now_ - age}, now_);
    });
    EXPECT_TRUE(added.ok()) << added;
    std::vector<std::string> told;
    for (const MailOutbox::Letter& letter : Due(now_)) {
      if (letter.id == id) told.push_back(letter.user_id);
    }
    return told;
  }

  int notices_ = 0;
  MailOutbox outbox_;
  MailSettingsStore settings_{journal_, ids_, outbox_, "secret"};
};

TEST_F(MailTest, OnlyAConfirmedAddressIsWrittenTo) {
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), IsEmpty());
  ASSERT_TRUE(Name("u1", "a@example.cn", now_).ok());
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), IsEmpty());
  EXPECT_EQ(ReasonOf(Confirm("u1", "no", now_)), "MAIL_CODE_WRONG");
  ASSERT_TRUE(Confirm("u1", CodeOf("u1", now_), now_).ok());
  EXPECT_EQ(SettingsOf("u1").address(), "a@example.cn");
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), ElementsAre("u1"));
  OptIn("u2", "b@example.cn");
  EXPECT_THAT(ToldOf(Everyone("alliances/a")), UnorderedElementsAre("u1", "u2"));
  EXPECT_THAT(ToldOf("users/u2"), ElementsAre("u2"));
  EXPECT_THAT(ToldOf(LiaisonsOf("alliances/a/members/other")), IsEmpty());
}

TEST_F(MailTest, AnAddressIsChangedOnceTheNewOneIsConfirmed) {
  OptIn("u1", "a@example.cn");
  const absl::Time later = now_ + absl::Minutes(1);
  ASSERT_TRUE(Name("u1", "b@example.cn", later).ok());
  EXPECT_EQ(SettingsOf("u1").address(), "a@example.cn");
  ASSERT_TRUE(Confirm("u1", CodeOf("u1", later), later).ok());
  EXPECT_EQ(SettingsOf("u1").address(), "b@example.cn");
  EXPECT_EQ(SettingsOf("u1").pending_address(), "");
}

TEST_F(MailTest, ACodeCountsForFiveTriesAndAnHour) {
  ASSERT_TRUE(Name("u1", "a@example.cn", now_).ok());
  const std::string code = CodeOf("u1", now_);
  EXPECT_EQ(ReasonOf(Confirm("u1", code, now_ + kMailCodeLife)), "MAIL_CODE_EXPIRED");
  for (int i = 0; i < kMailCodeTries; ++i) {
    EXPECT_EQ(ReasonOf(Confirm("u1", "no", now_)), "MAIL_CODE_WRONG");
  }
  EXPECT_EQ(ReasonOf(Confirm("u1", code, now_)), "MAIL_CODE_EXPIRED");
  // The next code has tries of its own, and ends the one before.
  const absl::Time later = now_ + absl::Minutes(1);
  ASSERT_TRUE(Name("u1", "a@example.cn", later).ok());
  const std::string next = CodeOf("u1", later);
  EXPECT_EQ(ReasonOf(Confirm("u1", next == code ? "no" : code, later)), "MAIL_CODE_WRONG");
  EXPECT_TRUE(Confirm("u1", next, later).ok());
}

TEST_F(MailTest, TriesAreCountedWhenManyComeAtOnce) {
  ASSERT_TRUE(Name("u1", "a@example.cn", now_).ok());
  std::atomic<int> wrong = 0;
  std::vector<std::thread> guessers;
  for (int i = 0; i < 8; ++i) {
    guessers.emplace_back([&] {
      for (int k = 0; k < 5; ++k) {
        if (ReasonOf(Confirm("u1", "no", now_)) == "MAIL_CODE_WRONG") ++wrong;
      }
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(wrong, kMailCodeTries);
}

TEST_F(MailTest, NobodyIsSentManyCodes) {
  absl::Time now = now_;
  for (int i = 0; i < 5; ++i, now += absl::Minutes(1)) {
    ASSERT_TRUE(Name("u1", "victim@example.cn", now).ok());
    EXPECT_EQ(ReasonOf(Name("u1", "victim@example.cn", now)), "RATE_LIMITED");
  }
  ASSERT_TRUE(Try([&](db::Connection& c) { return settings_.Remove(c, CallOf("u1", now)); }).ok());
  EXPECT_EQ(ReasonOf(Name("u1", "other@example.cn", now)), "RATE_LIMITED");
  EXPECT_TRUE(Name("u1", "victim@example.cn", now_ + absl::Hours(24)).ok());
}

TEST_F(MailTest, WhoWantsLessGetsLess) {
  OptIn("u1", "a@example.cn");
  const auto choose = [&](v1::MailChoice choice) {
    const auto status = Update("u1", [&](v1::MailSettings& settings) {
      settings.set_choice(choice);
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  };
  choose(v1::MAIL_CHOICE_ACTION_NEEDED);
  EXPECT_THAT(ToldOf("users/u1"), IsEmpty());
  EXPECT_THAT(ToldOf("users/u1", true), ElementsAre("u1"));
  choose(v1::MAIL_CHOICE_NONE);
  EXPECT_THAT(ToldOf("users/u1", true), IsEmpty());
  EXPECT_EQ(ReasonOf(Update("u2", [](v1::MailSettings&) { return absl::OkStatus(); })),
            "RESOURCE_NOT_FOUND");
}

TEST_F(MailTest, ChoiceAndLanguageThatChangeAtOnceBothStay) {
  OptIn("u1", "a@example.cn");
  absl::Notification read;
  std::thread language;
  const auto status = Update("u1", [&](v1::MailSettings& settings) {
    language = std::thread([&] {
      const auto second = Update("u1", [&](v1::MailSettings& later) {
        EXPECT_TRUE(read.HasBeenNotified());  // it waited for the first to end
        later.set_language_code("en");
        return absl::OkStatus();
      });
      EXPECT_TRUE(second.ok()) << second;
    });
    EXPECT_TRUE(testing::Eventually([&] { return SomebodyWaits(); }));
    settings.set_choice(v1::MAIL_CHOICE_ACTION_NEEDED);
    read.Notify();
    return absl::OkStatus();
  });
  language.join();
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(SettingsOf("u1").choice(), v1::MAIL_CHOICE_ACTION_NEEDED);
  EXPECT_EQ(SettingsOf("u1").language_code(), "en");
  EXPECT_EQ(ReasonOf(Update(
                "u1", [](v1::MailSettings&) { return Error(v1::ERROR_REASON_MAIL_CODE_WRONG); })),
            "MAIL_CODE_WRONG");
}

TEST_F(MailTest, WhoLosesARoleOrIsShutOutHearsNoMore) {
  OptIn("u1", "a@example.cn");
  AddMember("m", "单位", alliance::v1::Member::STATE_SUSPENDED);
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), IsEmpty());
  EXPECT_THAT(ToldOf(Everyone("alliances/a")), IsEmpty());
  EXPECT_THAT(ToldOf("users/u1"), ElementsAre("u1"));
  AddMember("m", "单位", alliance::v1::Member::STATE_ACTIVE);
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), ElementsAre("u1"));
  alliance::v1::User user = Liaison("u1");
  user.clear_grants();
  Keep(user);
  EXPECT_THAT(ToldOf(LiaisonsOf(kUnit)), IsEmpty());
  EXPECT_THAT(ToldOf("users/u1"), ElementsAre("u1"));
  user.set_state(alliance::v1::User::STATE_DISABLED);
  Keep(user);
  EXPECT_THAT(ToldOf("users/u1"), IsEmpty());
}

TEST_F(MailTest, OldNewsAreNotMailed) {
  OptIn("u1", "a@example.cn");
  EXPECT_THAT(ToldOf("users/u1", false, kMailLife), ElementsAre("u1"));
  EXPECT_THAT(ToldOf("users/u1", false, kMailLife + absl::Seconds(1)), IsEmpty());
}

TEST_F(MailTest, WhatIsSentGoesWhereItsPersonWantsItThen) {
  OptIn("u1", "a@example.cn");
  ToldOf("users/u1");
  MailOutbox::Letter letter = Due(now_).back();
  const auto destination = [&] {
    const auto to = Do([&](db::Connection& c) { return settings_.DestinationOf(c, letter, now_); });
    EXPECT_TRUE(to.ok()) << to.status();
    return to.ok() ? to->address : "";
  };
  EXPECT_EQ(destination(), "a@example.cn");
  const auto refuse = [&](const std::string& address) {
    return Try([&](db::Connection& c) {
      return settings_.Refuse(c, CallOf("u1", now_), letter, address);
    });
  };
  ASSERT_TRUE(refuse("before@example.cn").ok());
  EXPECT_EQ(destination(), "a@example.cn");
  ASSERT_TRUE(refuse("a@example.cn").ok());
  EXPECT_EQ(destination(), "");
  EXPECT_TRUE(SettingsOf("u1").has_refuse_time());
  EXPECT_THAT(ToldOf("users/u1"), IsEmpty());
  // The same address again, which may be taken now.
  const absl::Time later = now_ + absl::Minutes(1);
  ASSERT_TRUE(Name("u1", "a@example.cn", later).ok());
  ASSERT_TRUE(Confirm("u1", CodeOf("u1", later), later).ok());
  EXPECT_EQ(destination(), "a@example.cn");
  ASSERT_TRUE(Try([&](db::Connection& c) { return settings_.Forget(c, "users/u1"); }).ok());
  EXPECT_EQ(destination(), "");
  EXPECT_THAT(Due(later), IsEmpty());
}

TEST_F(MailTest, OneOfManyTakesALetter) {
  OptIn("u1", "a@example.cn");
  ToldOf("users/u1");
  const MailOutbox::Letter letter = Due(now_).back();
  std::atomic<int> taken = 0;
  std::vector<std::thread> takers;
  for (int i = 0; i < 8; ++i) {
    takers.emplace_back([&] {
      MailOutbox::Letter mine = letter;
      const auto took = Do([&](db::Connection& c) { return outbox_.Take(c, mine, now_); });
      if (took.ok() && *took) ++taken;
    });
  }
  for (std::thread& taker : takers) taker.join();
  EXPECT_EQ(taken, 1);
}

TEST_F(MailTest, WhoDiedWithALetterIsFollowedByAnother) {
  OptIn("u1", "a@example.cn");
  ToldOf("users/u1");
  MailOutbox::Letter lost = Due(now_).back();
  ASSERT_TRUE(*Do([&](db::Connection& c) { return outbox_.Take(c, lost, now_); }));
  const auto waits = [&](absl::Time now) {
    const auto due = Due(now);
    return std::any_of(due.begin(), due.end(), [&](const auto& one) { return one.id == lost.id; });
  };
  EXPECT_FALSE(waits(now_ + absl::Minutes(1)));
  const absl::Time later = now_ + absl::Minutes(2);
  ASSERT_TRUE(waits(later));
  MailOutbox::Letter again = Due(later).back();
  ASSERT_TRUE(*Do([&](db::Connection& c) { return outbox_.Take(c, again, later); }));
  // Who was thought dead notes nothing any more.
  const auto note = [&](const MailOutbox::Letter& letter, MailOutbox::State state, absl::Time due) {
    ASSERT_TRUE(Try([&](db::Connection& c) { return outbox_.Note(c, letter, state, due); }).ok());
  };
  note(lost, MailOutbox::State::kFailed, later);
  note(again, MailOutbox::State::kWaits, later + absl::Minutes(5));
  EXPECT_FALSE(waits(later + absl::Minutes(4)));
  EXPECT_TRUE(waits(later + absl::Minutes(5)));
}

TEST_F(MailTest, WhatIsDoneIsForgottenAndWhatIsOldDropped) {
  OptIn("u1", "a@example.cn");
  ToldOf("users/u1");
  const auto count = [&] {
    return *Do([&](db::Connection& c) { return outbox_.CountWaiting(c); });
  };
  const auto clean = [&](absl::Time now) {
    return *Do([&](db::Connection& c) { return outbox_.CleanUp(c, now); });
  };
  const int64_t waiting = count();
  EXPECT_EQ(clean(now_ + kMailLife), 0);
  EXPECT_EQ(clean(now_ + kMailLife + absl::Seconds(1)), waiting);
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(clean(now_ + kMailLife + absl::Hours(24 * 7)), 0);
  EXPECT_EQ(clean(now_ + kMailLife + absl::Hours(24 * 7 + 1)), waiting);
}

TEST_F(MailTest, TheJournalHasNoAddress) {
  OptIn("u1", "secretive@example.cn");
  ASSERT_TRUE(journal_.SealOnce().ok());
  const auto entries = journal_.ReadFrom(1, 100, {}, absl::Now() + absl::Seconds(10));
  ASSERT_TRUE(entries.ok()) << entries.status();
  int told = 0;
  for (const journal::v1::Entry& entry : *entries) {
    EXPECT_EQ(entry.SerializeAsString().find("secretive"), std::string::npos);
    if (entry.resource() == "users/u1/mailSettings") ++told;
  }
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace jinhuan::meeting
