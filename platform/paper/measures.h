#pragma once

namespace jinhuan::paper {

// The measures of GB/T 9704-2012, in points of 1/72 inch, and its fonts: first the official
// one, then what is free.
inline constexpr double kMillimetre = 72 / 25.4;
inline constexpr double kPageWidth = 210 * kMillimetre;
inline constexpr double kPageHeight = 297 * kMillimetre;
inline constexpr double kTop = 37 * kMillimetre;
inline constexpr double kLeft = 28 * kMillimetre;
inline constexpr double kWidth = 156 * kMillimetre;
inline constexpr double kHeight = 225 * kMillimetre;
inline constexpr int kLines = 22;
inline constexpr int kCharacters = 28;
inline constexpr double kLine = kHeight / kLines;
inline constexpr double kCharacter = kWidth / kCharacters;

inline constexpr double kBodySize = 16;      // 3 号
inline constexpr double kTitleSize = 22;     // 2 号
inline constexpr double kSmallSize = 14;     // 4 号
inline constexpr double kGridSize = 12;      // 小 4 号
inline constexpr double kMastheadSize = 40;  // at most; shrunk to one line

inline constexpr double kGridLine = 18;
inline constexpr double kGridPadding = 4;

inline constexpr char kFangSong[] = "FangSong,FangSong_GB2312,FandolFang,Noto Serif CJK SC";
inline constexpr char kXiaoBiaoSong[] = "FZXiaoBiaoSong-B05S,方正小标宋简体,Noto Serif CJK SC";
inline constexpr char kHei[] = "SimHei,FandolHei,Noto Sans CJK SC";
inline constexpr char kKai[] = "KaiTi,KaiTi_GB2312,FandolKai,AR PL KaitiM GB,Noto Serif CJK SC";
inline constexpr char kSong[] = "SimSun,Noto Serif CJK SC";

}  // namespace jinhuan::paper
