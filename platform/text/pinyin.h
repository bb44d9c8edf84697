#pragma once

#include <string>
#include <string_view>

namespace jinhuan {

// What a person types to find `text` by its first letters: "中环街道" gives
// "zhjd", "ABC公司" gives "abcgs". Of a Chinese character it takes the first
// letter of its pinyin, of a Latin letter or a digit (full-width ones too) itself
// in lower case (of "é" the "e"); everything else it leaves out, and all of a
// text that is not UTF-8.
//
// A character of several readings has its usual one, but for the words that
// names of units are made of (银行 gives "yh", 重庆 "cq", 厦门 "xm").
// Thread-safe. The first call of a process opens what ICU needs: some 5 ms, 3 MB.
std::string PinyinInitials(std::string_view text);

// Bytes, at most 255, that sort (memcmp) like `text` by pinyin: Chinese before
// Latin, characters by pinyin without tone, then tone, then strokes; numbers in
// ASCII digits by value (第2支部 before 第10支部), letters without regard to case
// at first. Texts with the same first 80 characters or so may share a key. The
// key holds as long as ICU is the same: one written by another version of ICU
// sorts among them in no order that means anything, so keys are rebuilt with it.
// Empty for a text that is empty. Thread-safe.
std::string PinyinSortKey(std::string_view text);

// What keys and initials of this process are made by: what was made by another
// version is to be made anew. At most 32 characters of ASCII. Thread-safe.
std::string PinyinVersion();

}  // namespace jinhuan
