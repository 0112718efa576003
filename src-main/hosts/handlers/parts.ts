/** What every group of handlers is given, and the few words they share. */
import type { AnyEvent, CallName, EventPayload, Handlers } from '../../contract/calls.ts';
import type { JobBoard } from '../../planning/jobs.ts';
import type { DemoBundle } from '../../planning/intake/load-demo.ts';
import type { PlanRecord } from '../../planning/ports.ts';
import type { PlanTools } from '../../planning/tools.ts';
import type { Uploads } from '../uploads.ts';

export interface HandlerParts {
  tools: PlanTools;
  jobs: JobBoard;
  uploads: Uploads;
  demo: DemoBundle;
  host: 'desktop' | 'browser' | 'cli';
  version: string;
  emit: (event: AnyEvent) => void;
}

/** The handlers of every call whose name begins with one of these areas: 'plan' → 'plan.make', 'plan.get', … */
export type HandlersOf<Area extends string> = Pick<Handlers, Extract<CallName, `${Area}.${string}`>>;

/** Tells every screen what has changed. */
export const changedIn =
  ({ emit }: HandlerParts) =>
  (...what: EventPayload<'changed'>['what'][]): void =>
    what.forEach((name) => emit({ name: 'changed', payload: { what: name } }));

export const inWords = (count: number, thing: string): string =>
  `${count.toLocaleString('en-GB')} ${thing}${count === 1 ? '' : 's'}`;

/** 1078.161 EUR → "1,078.16 EUR"; a minus is a minus sign. */
export const inMoney = (amount: number, currency: string): string =>
  `${amount.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace('-', '\u2212')} ${currency}`;

/** Cost and gap of a plan in a line. */
export function costLine({ schedule, problem, outcome }: PlanRecord): string {
  const gap = outcome.gap === null ? '' : `, gap ${(100 * outcome.gap).toFixed(2)} %`;
  return `${inMoney(schedule.totalCost, problem.currency)}${gap}`;
}
