/** How a day is planned when nobody says otherwise: the same through every door. */
import type { PlanOptionsPayload } from './plan.ts';
import type { FitOptionsPayload } from './uncertainty.ts';

export const defaultFit: Readonly<Omit<FitOptionsPayload, 'day'>> = {
  method: 'conformal',
  shape: 'per-slot',
  nominal: 0.95,
  /** Eighteen whole weeks: every weekday counts alike. */
  windowDays: 126,
};

export const defaultSet: PlanOptionsPayload['set'] = 'budget';
export const defaultTimeLimitSeconds = 60;

/** α = ⌈2L/3⌉: two thirds of the L components may deviate at once. */
export const defaultProtection = (components: number): number => Math.ceil((2 * components) / 3);

export const defaultSmsTimeLimitSeconds = 45;

/** Sizes along a risk curve. */
export const defaultCurvePoints = 9;

/** "At most 1 day in 20 with a violation." */
export const defaultTargetDays = 20;

/** Every twentieth day short is what the dial aims at; a site of L components. */
export const defaultBackTest = {
  settlement: { spread: 0.5, unservedPerKwh: 5 },
  strategies: (components: number): string[] => {
    const protection = defaultProtection(components);
    const half = Math.ceil(protection / 2);
    return [
      'nominal',
      ...(half < protection ? [`budget:${half}`] : []),
      `budget:${protection}`,
      'interval',
      `dial:${defaultTargetDays}`,
      `without-v2g:${protection}`,
      'perfect',
    ];
  },
} as const;
