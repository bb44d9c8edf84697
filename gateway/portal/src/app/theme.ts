// antd's tokens, from the same palette as styles/tokens.css.
import { type ThemeConfig, theme } from 'antd';
import type { Prefs } from './prefs';

export const FONT =
  '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Segoe UI", sans-serif';

interface Surroundings {
  phone: boolean;
  // Whether the person wants nothing to move.
  still: boolean;
}

export function antdTheme({ dark, elder }: Prefs, { phone, still }: Surroundings): ThemeConfig {
  const target = elder ? 60 : phone ? 44 : 36;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#c8363b' : '#a6151b',
      colorInfo: dark ? '#c8363b' : '#a6151b',
      colorLink: dark ? '#f29a95' : '#a6151b',
      // antd would lighten it under the pointer, to less than 4.5:1.
      colorLinkHover: dark ? '#f7b7b3' : '#8b0f15',
      colorError: dark ? '#f2777a' : '#b42318',
      colorErrorText: dark ? '#f59a9c' : '#b42318',
      colorTextBase: dark ? '#ececed' : '#1d1e20',
      colorBgBase: dark ? '#1c1d20' : '#ffffff',
      ...(dark ? { colorBgContainer: '#232428', colorBgElevated: '#232428' } : {}),
      // antd's own greys fall short of 4.5:1.
      colorTextPlaceholder: dark ? '#a3a5a9' : '#66696e',
      colorTextDescription: dark ? '#b3b5b9' : '#55585d',
      colorTextSecondary: dark ? '#b9bbbf' : '#4c4f54',
      colorTextTertiary: dark ? '#b3b5b9' : '#55585d',
      colorBorder: dark ? '#55585e' : '#b9bcc1',
      borderRadius: 4,
      fontFamily: FONT,
      fontSize: elder ? 18 : 14,
      fontSizeSM: elder ? 18 : 13,
      controlHeight: target,
      controlHeightSM: elder ? 60 : phone ? 44 : 32,
      controlHeightLG: elder ? 64 : 48,
      motionUnit: 0.07,
      // An animation of no length may end before anybody waits for its end, and what it was to
      // close stays open: there must be none.
      motion: !still,
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
      Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
      Drawer: { paddingLG: 20 },
    },
  };
}
