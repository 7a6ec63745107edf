import { useMediaQuery } from '@mantine/hooks';

/** A tablet: below this the map has rows of two lines. The same width as in console.css. */
const tablet = '(max-width: 1099px)';

/** Whether the window is as narrow as a tablet's, from the first picture on. */
export const useNarrow = (): boolean => useMediaQuery(tablet, false, { getInitialValueInEffect: false });
