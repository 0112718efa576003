/** Where the numbers of a plan come from, and how to get there. */
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import { slotSpan } from '../../../charts/slot-axis.ts';
import type { Explanation } from '../../../components/explanation.ts';
import type { Stores } from '../../../stores/stores.svelte.ts';

export type Onward = NonNullable<Explanation['onward']>[number];

/** Ways from an explanation to its source. */
export interface Sources {
  set: Onward;
  telemetry: Onward;
  site: Onward;
  schedule: (plan: PlanPayload, slot: number | null) => Onward;
}

export function sourcesOf({ cursor, route, site }: Stores): Sources {
  return {
    set: { label: 'Open the set under Uncertainty', go: () => route.go('uncertainty') },
    telemetry: { label: 'Open the data under Telemetry', go: () => route.go('telemetry') },
    site: { label: 'Open the site definition', go: () => (site.open = true) },
    schedule: (plan, slot) => ({
      label: slot === null ? 'Open the schedule' : `Open the schedule at ${slotSpan(plan.horizon, slot)}`,
      go: () => {
        if (slot !== null) cursor.set(slot);
        route.go('schedule');
      },
    }),
  };
}

/** The stored record a number of a plan is read from. */
export const planFacts = ({ id, day, status, provenance }: PlanPayload): Explanation['facts'] => [
  { what: 'Plan', words: `${id}, ${status}, of ${day}, made by ${provenance.operator}` },
  { what: 'Hash of its inputs', words: provenance.inputsHash },
  { what: 'Hash of its data', words: provenance.dataHash },
  { what: 'Set', words: provenance.setId },
];
