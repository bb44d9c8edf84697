// Looking at phone numbers, taking one's data along, and being forgotten.
#include <gmock/gmock.h>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "alliance-svc/rpc/account_fixture.h"
#include "alliance-svc/rpc/housekeeper.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PersonalDataTest : public AccountFixture {
 protected:
  absl::StatusOr<std::string> Reveal(const TestCaller& as, const std::string& name,
                                     const std::string& reason = "通知开会",
                                     const std::string& request_id = "", bool deputy = false) {
    v1::RevealPhoneRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(request_id);
    request.set_deputy(deputy);
    const auto answer = Call(*users_, &Users::RevealPhone, as, request);
    if (!answer.ok()) return answer.status();
    return answer->phone();
  }
  std::string WhyNot(const TestCaller& as, const std::string& name) {
    return ReasonOf(Reveal(as, name).status());
  }

  absl::StatusOr<v1::ExportPersonalDataResponse> Export(const TestCaller& as,
                                                        const std::string& name,
                                                        const std::string& request_id = "") {
    v1::ExportPersonalDataRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return Call(*users_, &Users::ExportPersonalData, as, request);
  }

  const v1::User user_ = MakePerson("li.wei");
  const TestCaller self_ = As(user_.name(), auth::v1::ROLE_STAFF);
};

TEST_F(PersonalDataTest, TheSystemAdministratorAndThePersonSeeTheNumber) {
  EXPECT_EQ(Reveal(system_admin_, user_.name()).value_or(""), kPhone);
  EXPECT_EQ(Reveal(self_, user_.name()).value_or(""), kPhone);
  const auto entry = Entries().back();
  EXPECT_EQ(entry.resource(), user_.name());
  EXPECT_EQ(entry.actor(), user_.name());
  EXPECT_EQ(entry.reason(), "通知开会");
  EXPECT_EQ(WhyNot(security_admin_, user_.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(As("users/x", auth::v1::ROLE_LIAISON), user_.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot({}, user_.name()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(WhyNot(system_admin_, MakeUser("without").name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(system_admin_, "users/none"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(system_admin_, "users/a/b"), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(Reveal(self_, user_.name(), " ").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Reveal(self_, user_.name(), "x", "", true).status()), "NAME_INVALID");
}

TEST_F(PersonalDataTest, ALookIsJournalledOnceAndTheNumberKeptNowhere) {
  const size_t before = Entries().size();
  EXPECT_EQ(Reveal(system_admin_, user_.name(), "通知开会", "r1").value_or(""), kPhone);
  EXPECT_EQ(Reveal(system_admin_, user_.name(), "通知开会", "r1").value_or(""), kPhone);
  EXPECT_EQ(Entries().size(), before + 1);
  EXPECT_EQ(ReasonOf(Reveal(system_admin_, user_.name(), "别的", "r1").status()),
            "REQUEST_ID_REUSED");
  EXPECT_THAT(Stored(), Not(HasSubstr(kPhone)));
}

// Repeated after the number changed, it is another number that is seen.
TEST_F(PersonalDataTest, ARepetitionThatSeesAnotherNumberIsAnotherLook) {
  ASSERT_TRUE(Reveal(system_admin_, user_.name(), "通知开会", "r1").ok());
  v1::UpdateUserRequest update;
  update.mutable_user()->set_name(user_.name());
  update.mutable_user()->set_phone("13987654321");
  ASSERT_TRUE(Call(*users_, &Users::UpdateUser, system_admin_, update).ok());
  const size_t before = Entries().size();
  EXPECT_EQ(Reveal(system_admin_, user_.name(), "通知开会", "r1").value_or(""), "13987654321");
  const auto entries = Entries();
  ASSERT_EQ(entries.size(), before + 1);
  EXPECT_EQ(entries.back().resource(), user_.name());
  EXPECT_EQ(entries.back().reason(), "通知开会");
}

TEST_F(PersonalDataTest, ALiaisonsNumberIsForTheStreetItsUnitAndTheChair) {
  const std::string alliance = MakeAlliance("a1").name();
  const v1::Member member = Apply(alliance, "中环银行");
  const std::string other = alliance + "/members/other";
  EXPECT_EQ(Reveal(Street(alliance), member.name()).value_or(""), kPhone);
  EXPECT_EQ(Reveal(As("users/l", auth::v1::ROLE_LIAISON, alliance, member.name()), member.name())
                .value_or(""),
            kPhone);
  TestCaller chair = As("users/c", auth::v1::ROLE_CHAIR, alliance, other);
  EXPECT_EQ(Reveal(chair, member.name()).value_or(""), kPhone);
  chair.caller.mutable_grants(0)->mutable_expire_time()->set_seconds(
      absl::ToUnixSeconds(clock_.Now()));
  EXPECT_EQ(WhyNot(chair, member.name()), "RESOURCE_NOT_FOUND");  // the term is over
  EXPECT_EQ(WhyNot(As("users/l", auth::v1::ROLE_LIAISON, alliance, other), member.name()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(Street("alliances/a2"), member.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(system_admin_, member.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(Street(alliance), other), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(Street(alliance), alliance), "NAME_INVALID");
  // There is no second liaison.
  EXPECT_EQ(ReasonOf(Reveal(Street(alliance), member.name(), "x", "", true).status()),
            "RESOURCE_NOT_FOUND");
}

TEST_F(PersonalDataTest, APersonTakesItsDataAlong) {
  const std::string token = Token("li.wei");
  ASSERT_TRUE(Grant(user_.name(), auth::v1::ROLE_STREET_ADMIN, MakeAlliance("a1").name()).ok());
  const auto data = Export(self_, user_.name(), "r1");
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ(data->filename(), "personal-data-li.wei.json");
  for (const char* part : {"\"li.wei\"", kPhone, "ROLE_STREET_ADMIN", "192.0.2.1", "a test"}) {
    EXPECT_THAT(data->content(), HasSubstr(part));
  }
  EXPECT_THAT(data->content(), Not(HasSubstr(token)));
  EXPECT_EQ(Entries().back().method(), "jinhuan.alliance.v1.UserService/ExportPersonalData");
  const size_t entries = Entries().size();
  EXPECT_EQ(Export(self_, user_.name(), "r1")->content(), data->content());
  EXPECT_EQ(Entries().size(), entries);
  EXPECT_THAT(Stored(), Not(HasSubstr(kPhone)));
  EXPECT_TRUE(Export(system_admin_, user_.name()).ok());
  EXPECT_EQ(ReasonOf(Export(security_admin_, user_.name()).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Export(system_admin_, "users/none").status()), "RESOURCE_NOT_FOUND");
}

// Repeated after something changed, it is other data that is taken along.
TEST_F(PersonalDataTest, ARepetitionThatTakesOtherDataAlongIsAnotherLook) {
  ASSERT_TRUE(Export(system_admin_, user_.name(), "r1").ok());
  v1::UpdateUserRequest update;
  update.mutable_user()->set_name(user_.name());
  update.mutable_user()->set_phone("13987654321");
  ASSERT_TRUE(Call(*users_, &Users::UpdateUser, system_admin_, update).ok());
  size_t before = Entries().size();
  EXPECT_THAT(Export(system_admin_, user_.name(), "r1")->content(), HasSubstr("13987654321"));
  EXPECT_EQ(Entries().size(), before + 1);
  // A new session changes no row of the account's versions.
  Token("li.wei");
  before = Entries().size();
  EXPECT_THAT(Export(system_admin_, user_.name(), "r1")->content(), HasSubstr("192.0.2.1"));
  const auto entries = Entries();
  ASSERT_EQ(entries.size(), before + 1);
  EXPECT_EQ(entries.back().method(), "jinhuan.alliance.v1.UserService/ExportPersonalData");
  EXPECT_EQ(entries.back().actor(), system_admin_.caller.name());
  EXPECT_THAT(Stored(), Not(HasSubstr("13987654321")));
}

TEST_F(PersonalDataTest, AnErasedPersonIsAnEmptyShell) {
  const std::string token = Token("li.wei");
  ASSERT_TRUE(ChangePassword(CallerOf(token), kPassword, "jinhuan-2027").ok());
  ASSERT_TRUE(Grant(user_.name(), auth::v1::ROLE_STREET_ADMIN, MakeAlliance("a1").name()).ok());
  ASSERT_TRUE(Call(*calendars_, &v1::CalendarService::Stub::CreateCalendarLink, CallerOf(token),
                   v1::CreateCalendarLinkRequest())
                  .ok());
  EXPECT_EQ(ReasonOf(Erase(user_.name(), "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Erase("users/none").status()), "RESOURCE_NOT_FOUND");
  const auto erased = Erase(user_.name());
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->state(), v1::User::STATE_ERASED);
  EXPECT_EQ(erased->login(), "erased-" + user_.name().substr(6));
  EXPECT_EQ(erased->display_name(), "已注销账号");
  EXPECT_EQ(erased->phone(), "");
  EXPECT_EQ(erased->grants_size(), 0);
  EXPECT_FALSE(erased->has_last_sign_in_time());
  EXPECT_EQ(ReasonOf(Resolve(token).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(SignIn("li.wei", "jinhuan-2027").status()), "PASSWORD_WRONG");
  EXPECT_EQ(ReasonOf(SignIn(erased->login(), "").status()), "PASSWORD_WRONG");
  EXPECT_EQ(WhyNot(system_admin_, user_.name()), "RESOURCE_NOT_FOUND");
  const auto entry = Entries().back();
  EXPECT_EQ(entry.reason(), "本人申请");
  EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr("li.wei")));
  EXPECT_FALSE(entry.has_before());
}

// Half a year later, as the law wants records kept, and with every proof as good as before.
TEST_F(PersonalDataTest, TheJournalForgetsAnErasedPerson) {
  const v1::User other = MakePerson("zhao.yun");
  const std::string token = Token("li.wei");
  ASSERT_TRUE(Call(*calendars_, &v1::CalendarService::Stub::CreateCalendarLink, CallerOf(token),
                   v1::CreateCalendarLinkRequest())
                  .ok());
  ASSERT_TRUE(Erase(user_.name()).ok());
  const auto journal = [&] {
    std::string all;
    for (const auto& entry : Entries()) all += entry.SerializeAsString();
    return all;
  };
  const auto tidy = [&](absl::Duration after) {
    const auto tidied = Housekeeper::Tidy(database_->pool(), stores_, ids_, clock_.Now() + after);
    EXPECT_TRUE(tidied.ok()) << tidied.status();
  };
  tidy(kJournalKept - absl::Seconds(1));
  EXPECT_THAT(journal(), HasSubstr("li.wei"));
  tidy(kJournalKept);
  EXPECT_THAT(journal(), Not(HasSubstr("li.wei")));
  EXPECT_THAT(journal(), HasSubstr("zhao.yun"));
  const auto entries = Entries();
  EXPECT_TRUE(absl::c_all_of(entries, [&](const auto& entry) {
    return entry.erased() == absl::StartsWith(entry.resource(), user_.name());
  }));
  EXPECT_EQ(entries.back().resource(), "journal/erasures");
  EXPECT_EQ(entries.back().reason(), "本人申请");
  tidy(kJournalKept);
  EXPECT_EQ(Entries().size(), entries.size());
}

TEST_F(PersonalDataTest, AnErasedAccountStaysErased) {
  const auto erased = Erase(user_.name());
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(Erase(user_.name())->etag(), erased->etag());  // changes nothing
  EXPECT_EQ(ReasonOf(Enable(user_.name()).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Disable(user_.name()).status()), "STATE_WRONG");
  EXPECT_EQ(ReasonOf(Grant(user_.name(), auth::v1::ROLE_AUDIT_ADMIN).status()), "STATE_WRONG");
  v1::UpdateUserRequest update;
  update.mutable_user()->set_name(user_.name());
  update.mutable_user()->set_display_name("又来了");
  EXPECT_EQ(ReasonOf(Call(*users_, &Users::UpdateUser, system_admin_, update).status()),
            "STATE_WRONG");
  EXPECT_NE(MakeUser("li.wei").name(), user_.name());  // the login is free again
}

}  // namespace
}  // namespace jinhuan::alliance
