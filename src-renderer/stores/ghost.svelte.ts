import type { Client } from '../../src-main/contract/client.ts';
import type { PlanPayload, PlanSummaryPayload } from '../../src-main/contract/plan.ts';
import type { HorizonPayload } from '../../src-main/contract/series.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';

/** Another plan of the same day, drawn as outlines behind the plan on the desk. */
export class GhostStore {
  #chosenId = $state<string | null>(null);
  readonly #read = new Loadable<PlanPayload>();
  readonly #client: Client;
  readonly #plan: PlanStore;

  constructor(client: Client, plan: PlanStore) {
    this.#client = client;
    this.#plan = plan;
  }

  /** The plans of the day but the one on the desk, newest first; of those set aside only the one it was made from. */
  get choices(): PlanSummaryPayload[] {
    const shown = this.#plan.current.value;
    return this.#plan.ofDay.filter(
      ({ id, setAside }) => id !== shown?.id && (!setAside || id === shown?.whatIf?.planId || id === this.#chosenId),
    );
  }
  /** Null when none is chosen, or when the chosen one is now the plan on the desk or gone. */
  get chosenId(): string | null {
    return this.choices.some((one) => one.id === this.#chosenId) ? this.#chosenId : null;
  }
  /** The ghost to draw; null while none is chosen, read or comparable. */
  get shown(): PlanPayload | null {
    const ghost = this.#chosen;
    return ghost !== null && this.problem === null ? ghost : null;
  }
  /** Why the chosen plan cannot be drawn; null when it can. */
  get problem(): string | null {
    if (this.chosenId === null) return null;
    if (this.#read.error !== null) return `${this.#read.error.message} ${this.#read.error.next}`;
    const plan = this.#plan.current.value;
    if (plan === null || this.#chosen === null || haveSameSlots(plan.horizon, this.#chosen.horizon)) return null;
    return (
      `${this.#chosen.id} cannot be laid behind this plan: it has ${horizonWords(this.#chosen.horizon)}, ` +
      `this one ${horizonWords(plan.horizon)}. Plan the day again to compare.`
    );
  }

  get #chosen(): PlanPayload | null {
    return this.#read.value?.id === this.chosenId ? this.#read.value : null;
  }

  async choose(planId: string | null): Promise<void> {
    this.#chosenId = planId;
    if (planId === null) this.#read.clear();
    else await this.#read.load(() => this.#client.call('plan.get', { planId }));
  }
}

/** Slot by slot, only plans of the very same slots can be compared. */
const haveSameSlots = (one: HorizonPayload, other: HorizonPayload): boolean =>
  one.startUtcMs === other.startUtcMs && one.slotMinutes === other.slotMinutes && one.slots === other.slots;

const horizonWords = (horizon: HorizonPayload): string =>
  `${horizon.slots} slots of ${horizon.slotMinutes} minutes on ${horizon.day}`;
