#include "alliance-svc/domain/common_passwords.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace jinhuan::alliance {
namespace {

constexpr char kWords[] =
    // Digits: runs, dates of birth by habit, numbers that sound like words.
    "123456 1234567 12345678 123456789 1234567890 0123456789 123123 123321 112233 121212 111111 "
    "000000 666666 888888 999999 654321 987654321 147258369 159357 147852 789456 789456123 "
    "456123789 159753 741852963 520520 5201314 1314520 5211314 1314521 520131452 201314 7758258 "
    "7758521 584520 5845201314 11223344 1122334455 12341234 123454321 10203040 102030 110110 "
    "110120 119110 168168 1688 518518 51888 686868 668668 886886 138138 131421 131452 19491001 "
    "19210701 20210701 20000101 19900101 19880808 "
    // The keyboard.
    "qwerty qwertyu qwertyui qwertyuio qwertyuiop qwert qwer qwerasdf qwerasdfzxcv qweasd "
    "qweasdzxc "
    "qweqwe qwe123 q1w2e3 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y "
    "1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2 zaq12wsx zaq1xsw2 zaqxsw zaqwsx zaq1zaq1 "
    "qazwsx qazwsxedc qazwsxedcrfv qaz qazqaz wsxedc asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl "
    "asdasd asd zxcv zxcvb zxcvbn zxcvbnm zxczxc zxc asdfzxcv poiuytrewq lkjhgfdsa mnbvcxz poiuyt "
    "!qaz@wsx !qaz2wsx 1qaz@wsx !@#$%^ !@#$%^&* !@#$%^&*() !@#qwe qwer!@#$ 1234qwer qwer1234 "
    "asdf1234 1234asdf zxcv1234 abcd1234 1234abcd abc123 123abc a1b2c3 a1b2c3d4 a1b2c3d4e5 "
    "aa123456 a123456 a12345678 a123456789 q123456 z123456 w123456 123456a 123456aa 123456abc "
    "abc123456 qq123456 123456qq wang123456 li123456 "
    // Pinyin: love, luck, the word password, the usual names.
    "woaini woaini1314 woaini520 woaini521 woaini123 woaiwojia woaizhongguo woaiwomen woaimama "
    "woaibaba woaiwo woailaopo woailaogong aini aini1314 ainiyiwannian ainiforever wo520 xihuanni "
    "woxihuanni woshishui woshini woshiwo nishishui nishizhu nihao nihaoma zaijian mima mimamima "
    "wodemima wodemimashi mimashi zhanghao denglu yonghu yonghuming guanliyuan xitong chaoji "
    "baobao baobei baobeiaini laopo laogong laopowoaini mama baba mamababa babamama jiayou "
    "zhongguo zhonghua zhongguojiayou beijing shanghai pudong minhang zhonghuan shenzhen guangzhou "
    "hangzhou nanjing tianjin chongqing wuhan xiamen kuaile kuaileshenghuo xingfu pingan "
    "pinganjiankang jiankang facai gongxifacai dajidali wanshiruyi caonima wocao nimabi tamade "
    "hahaha hehehe xiaoming xiaohong xiaoli zhangsan lisi wangwu zhangwei wangwei liwei lina "
    "zhangmin wangfang liqiang chenchen yangyang tiantian lele doudou xixi maomao xiaoxiao "
    "tingting "
    "yuanyuan lulu feifei tongtong huanhuan "
    // What people of an alliance of party organisations write.
    "dangjian dangjianlianmeng dangyuan dangzhibu zhibu gongchandang zhongguogongchandang "
    "buwangchuxin chuxin dangwu dangwei dangzuzhi dangke dangfei dangqun dangqunfuwu lianmeng "
    "jinzhonghuan jinsezhonghuan jinhuandangjian jiedao jiedaoban lianluoyuan wanggeyuan wangge "
    "shequ juwei juweihui renmin renminfuwu weirenminfuwu weirenmin fuwu chengxin youshan zhengfu "
    "zhengwu "
    // English and what installers leave behind.
    "password passw0rd p@ssw0rd p@ssword pa$$word pa$$w0rd passwd pass passpass password1 "
    "passwordpassword mypassword newpassword password123 admin admin123 adminadmin administrator "
    "administrators root rootroot toor user useruser guest guestguest test testtest tester testing "
    "demo demodemo default system systemadmin sysadmin superuser superadmin super master manager "
    "service support operator server oracle mysql mariadb redis tomcat jenkins huawei huawei123 "
    "hikvision cisco dell lenovo windows linux ubuntu debian redhat apple iphone android google "
    "baidu taobao alipay wechat weixin tencent qqqqqq login welcome welcome1 welcometo letmein "
    "changeme changemenow changeit secret topsecret private public access open opensesame iloveyou "
    "iloveyou1 iloveu loveyou loveyouforever ilove love lovely lover forever forever21 princess "
    "sunshine superman batman spiderman pokemon starwars dragon monkey tiger lion shadow michael "
    "jordan jennifer jessica ashley daniel charlie thomas andrew joshua robert nicole football "
    "baseball basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid manchester "
    "ferrari mercedes porsche corvette mustang harley computer internet keyboard samsung nintendo "
    "minecraft freedom whatever trustno1 hello helloworld hellohello abcdef abcdefg abcdefgh "
    "abcabc aabbcc aaaaaa nothing anything something whoami correcthorsebatterystaple "
    "cheese chocolate cookie banana orange purple summer winter spring autumn december january "
    "february october november september blessed jesus christ heaven angel flower butterfly "
    "sunflower family friends mother father brother sister lovelove mylove money million lucky";

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Without what stands before the first and behind the last letter.
std::string_view Core(std::string_view text) {
  while (!text.empty() && !IsLetter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !IsLetter(text.back())) text.remove_suffix(1);
  return text;
}

bool IsListed(std::string_view text) {
  static const auto* words =
      new absl::flat_hash_set<absl::string_view>(absl::StrSplit(kWords, ' ', absl::SkipEmpty()));
  return words->contains(absl::string_view(text.data(), text.size()));
}

bool IsWord(std::string_view text, std::string_view login) {
  return !text.empty() && (text == "jinhuan" || text == login || IsListed(text));
}

// The login with a tail of digits and signs; a login may itself have such.
bool IsLoginWithTail(std::string_view text, std::string_view login) {
  return !login.empty() && text.starts_with(login) &&
         std::none_of(text.begin() + static_cast<ptrdiff_t>(login.size()), text.end(), IsLetter);
}

// abcabcabc: the unit; the text itself when it is no repetition.
std::string_view UnitOf(std::string_view text) {
  for (size_t length = 1; length <= text.size() / 2; ++length) {
    if (text.size() % length == 0 && text.substr(length) == text.substr(0, text.size() - length)) {
      return text.substr(0, length);
    }
  }
  return text;
}

// 45678901, fedcba: every step is one up, or every one is one down.
bool IsRun(std::string_view text) {
  const auto follows = [](char a, char b) { return b == a + 1 || (a == '9' && b == '0'); };
  bool up = true;
  bool down = true;
  for (size_t i = 1; i < text.size(); ++i) {
    up = up && follows(text[i - 1], text[i]);
    down = down && follows(text[i], text[i - 1]);
  }
  return up || down;
}

}  // namespace

bool IsCommonPassword(std::string_view password, std::string_view login) {
  const std::string lower =
      absl::AsciiStrToLower(absl::string_view(password.data(), password.size()));
  const std::string_view unit = UnitOf(lower);
  constexpr size_t kShortUnit = 4;
  const bool repeats = unit.size() < lower.size();
  return IsWord(lower, login) || IsWord(Core(lower), login) || IsLoginWithTail(lower, login) ||
         (repeats &&
          (unit.size() <= kShortUnit || IsWord(unit, login) || IsWord(Core(unit), login))) ||
         IsRun(lower);
}

}  // namespace jinhuan::alliance
