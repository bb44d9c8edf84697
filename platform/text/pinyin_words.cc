#include "platform/text/pinyin_words.h"

namespace jinhuan {
namespace {

// What stands in names of units and places, grouped by the character that is
// read otherwise. A word before its own beginning: 长三角 before 长三.
constexpr PinyinWord kWords[] = {
    {U"银行", "yh"}, {U"分行", "fh"}, {U"支行", "zh"}, {U"总行", "zh"}, {U"商行", "sh"},
    {U"车行", "ch"}, {U"央行", "yh"}, {U"行业", "hy"}, {U"同行", "th"}, {U"闵行", "mh"},
    {U"重庆", "cq"}, {U"重阳", "cy"}, {U"重建", "cj"}, {U"重新", "cx"}, {U"厦门", "xm"},
    {U"会计", "kj"}, {U"财会", "ck"}, {U"音乐", "yy"}, {U"声乐", "sy"}, {U"民乐", "my"},
    {U"乐团", "yt"}, {U"乐队", "yd"}, {U"乐器", "yq"}, {U"乐清", "yq"}, {U"长三角", "csj"},
    {U"长江", "cj"}, {U"长沙", "cs"}, {U"长宁", "cn"}, {U"长安", "ca"}, {U"长春", "cc"},
    {U"长城", "cc"}, {U"长乐", "cl"}, {U"长寿", "cs"}, {U"长征", "cz"}, {U"长风", "cf"},
    {U"长桥", "cq"}, {U"长兴", "cx"}, {U"长虹", "ch"}, {U"长白", "cb"}, {U"长途", "ct"},
    {U"长治", "cz"}, {U"长丰", "cf"}, {U"长青", "cq"}, {U"长效", "cx"}, {U"长期", "cq"},
    {U"专长", "zc"}, {U"特长", "tc"}, {U"黄埔", "hp"}, {U"大埔", "dp"}, {U"番禺", "py"},
    {U"供给", "gj"}, {U"给水", "js"}, {U"西藏", "xz"}, {U"东阿", "de"}, {U"单县", "sx"},
    {U"传记", "zj"}, {U"率先", "sx"}, {U"莘庄", "xz"}, {U"蔚县", "yx"}, {U"涡阳", "gy"},
    {U"铅山", "ys"}, {U"浚县", "xx"}, {U"今朝", "jz"}, {U"朝霞", "zx"}, {U"朝晖", "zh"},
    {U"参差", "cc"},
};

}  // namespace

const PinyinWord* FindPinyinWord(std::u32string_view text) {
  for (const PinyinWord& word : kWords) {
    if (text.starts_with(word.text)) return &word;
  }
  return nullptr;
}

}  // namespace jinhuan
