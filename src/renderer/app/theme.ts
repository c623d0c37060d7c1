import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Neutral ink greys, for text and for the dark theme's surfaces. */
const ink: MantineColorsTuple = ['#e9ebee', '#c9cdd3', '#a4abb5', '#7f8894', '#5c6570', '#414954', '#2f363f', '#22282f', '#191e24', '#12161b'];

/** The accent: white on its seventh shade has a contrast of 5.5, as AA asks. */
const teal: MantineColorsTuple = ['#e6f4f1', '#c7e7e1', '#9ad5ca', '#62beae', '#2fa594', '#12897a', '#0f766e', '#0d655e', '#0b554f', '#084640'];

/** A newsroom's control desk (docs, UX): dense, calm, hairlines instead of shadows, one accent. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'teal',
  primaryShade: 6,
  colors: { dark: ink, teal },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } } },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, position: 'bottom-end' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  },
});
