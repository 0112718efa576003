/** Colour and dash by meaning: the same on every screen, from styles/tokens.css. */
export type Meaning = 'wind' | 'gas' | 'ev' | 'storage' | 'truck' | 'load' | 'price' | 'grid';

/** Trucks are storage that drives: its colour, as on the map, and a fill and dash of their own. */
export const colourOf = (meaning: Meaning): string => `var(--series-${meaning === 'truck' ? 'storage' : meaning})`;
export const dashOf = (meaning: Meaning): string => `var(--dash-${meaning})`;
