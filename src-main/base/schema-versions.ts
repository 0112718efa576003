/**
 * Shapes of what is kept for long: in the database and in exported files. Raised whenever what is read back would be understood
 * differently; what was kept in another shape is refused in words, never guessed at.
 */
export const planSchemaVersion = 1;
/** Plans of trucks. */
export const smsPlanSchemaVersion = 1;
/** Plans of the market; those that say no version are of version 1. */
export const marketPlanSchemaVersion = 1;
/** 2: may hold `days`, `levelLaw`, `frozen` and `daySet`; files of version 1 read alike. */
export const setSchemaVersion = 2;
