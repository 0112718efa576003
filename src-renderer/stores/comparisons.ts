/** The comparisons of the desk: kinds of set beside each other, and steps of recourse. */
import type { Client } from '../../src-main/contract/client.ts';
import {
  recourseComparison,
  setComparison,
  type RecourseComparisonPayload,
  type SetComparisonPayload,
} from '../../src-main/contract/comparisons.ts';
import type { PlanOptionsPayload } from '../../src-main/contract/plan.ts';
import { setKind } from '../../src-main/contract/uncertainty.ts';
import { ComparisonStore } from './comparison.svelte.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  settings: PlanSettings;
}

export type KindsStore = ComparisonStore<Omit<PlanOptionsPayload, 'set'>, SetComparisonPayload>;
export type RecourseStore = ComparisonStore<Omit<PlanOptionsPayload, 'recourse'>, RecourseComparisonPayload>;

/** The kind does not matter: all of them are compared. α does, for the budget. */
export const kindsStore = ({ client, desk, jobs, settings }: Needs): KindsStore =>
  new ComparisonStore({
    jobs,
    wish: () => {
      if (desk.day === null) return null;
      const { set: _, ...options } = settings.planOptions(desk.day, desk.components);
      return options;
    },
    ask: (options) => client.call('plan.compareSets', { ...options, kinds: setKind.options }),
    read: (result) => setComparison.parse(result),
  });

/** The rule itself does not matter: all of them are compared. */
export const recourseStore = ({ client, desk, jobs, settings }: Needs): RecourseStore =>
  new ComparisonStore({
    jobs,
    wish: () => {
      if (desk.day === null) return null;
      const { recourse: _, ...options } = settings.planOptions(desk.day, desk.components);
      return options;
    },
    ask: (options) => client.call('plan.compareRecourse', options),
    read: (result) => recourseComparison.parse(result),
  });
