import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

/** Neutral ink greys, for what of Mantine's is not said in our own tokens (styles/tokens.css). */
const ink: MantineColorsTuple = ['#e9ebee', '#c9cdd3', '#b8bec6', '#8f97a1', '#6a727d', '#3b424b', '#272c33', '#22272d', '#1a1e23', '#15181c'];
const teal: MantineColorsTuple = ['#e9f5f4', '#dff2f0', '#8adbd4', '#62beae', '#35b8ae', '#12897a', '#0b7570', '#095f5b', '#07534f', '#04211f'];

/** Filled buttons take the text that their colour was measured with, in both themes. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return colors;
  if (input.color === undefined || input.color === 'teal') return { ...colors, background: 'var(--accent)', hover: 'var(--mantine-primary-color-filled-hover)', color: 'var(--on-accent)' };
  if (input.color === 'red') return { ...colors, background: 'var(--error)', hover: 'var(--error)', color: 'light-dark(#ffffff, #2b0906)' };
  return colors;
};
/** A newsroom's control desk (docs, UX): dense, calm, hairlines instead of shadows, one accent. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'teal',
  primaryShade: 6,
  colors: { dark: ink, teal },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '15px', lineHeight: '20px' }, h2: { fontSize: '13px', lineHeight: '18px' }, h3: { fontSize: '13px', lineHeight: '18px' } } },
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs', withItemsBorders: false } },
    Switch: { defaultProps: { size: 'xs' } },
    Badge: { defaultProps: { radius: 'sm' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, position: 'bottom-end' } },
    Modal: { defaultProps: { transitionProps: { duration: 80, transition: 'fade' }, radius: 'lg' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  },
});
