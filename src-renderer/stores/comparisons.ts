/** The comparisons of the desk: kinds of set beside each other, and steps of recourse. */
import type { Client } from '../../src-main/contract/client.ts';
import {
  recourseComparison,
  setComparison,
  type RecourseComparisonPayload,
  type SetComparisonPayload,
} from '../../src-main/contract/comparisons.ts';
import { objectiveComparison, type ObjectiveComparisonPayload } from '../../src-main/contract/objectives.ts';
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

export type ObjectivesStore = ComparisonStore<PlanOptionsPayload, ObjectiveComparisonPayload>;

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

/** What the next plan is made for does not matter: all objectives are solved. */
export const objectivesStore = ({ client, desk, jobs, settings }: Needs): ObjectivesStore =>
  new ComparisonStore({
    jobs,
    wish: () => {
      if (desk.day === null) return null;
      const { objectives: _, ...options } = settings.makeOptions(desk.day, desk.components);
      return options;
    },
    ask: (options) => client.call('plan.compareObjectives', options),
    read: (result) => objectiveComparison.parse(result),
  });
