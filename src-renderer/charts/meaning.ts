/** Colour and dash by meaning: the same on every screen, from styles/tokens.css. */
export type Meaning = 'wind' | 'gas' | 'ev' | 'storage' | 'load' | 'price' | 'grid';

export const colourOf = (meaning: Meaning): string => `var(--series-${meaning})`;
export const dashOf = (meaning: Meaning): string => `var(--dash-${meaning})`;
