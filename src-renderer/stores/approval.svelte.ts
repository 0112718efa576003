import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { PlanStore } from './plan.svelte.ts';
import type { ListedPlan, PlansStore } from './plans.svelte.ts';
import type { RoutingStore } from './routing.svelte.ts';

interface Needs {
  plan: PlanStore;
  plans: PlansStore;
  routing: RoutingStore;
}

/** The decision the operator is being asked for: on the plan of the day or on that of its trucks, one at a time. */
export class ApprovalStore {
  asked = $state<ListedPlan['kind'] | null>(null);
  /** What becomes of the drafts that are not taken. */
  otherDrafts = $state<'set-aside' | 'keep'>('set-aside');
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Drafts of the same day and kind that would no longer be needed. */
  get drafts(): ListedPlan[] {
    const { plan, plans, routing } = this.#needs;
    const taken = this.asked === 'trucks' ? routing.current.value : plan.current.value;
    return plans.all.filter(
      ({ id, kind, day, status, setAside }) =>
        kind === this.asked && day === taken?.day && status === 'draft' && !setAside && id !== taken.id,
    );
  }

  /** Null when approved, else why not. What became of the other drafts is another matter, and said by the list of plans. */
  async approve(reason: string): Promise<ErrorReport | null> {
    const { plan, plans, routing } = this.#needs;
    const drafts = this.otherDrafts === 'set-aside' ? this.drafts.map(({ id }) => id) : [];
    const error = await (this.asked === 'trucks' ? routing.approve(reason) : plan.approve(reason));
    if (error === null && drafts.length > 0) await plans.setAside(drafts);
    return error;
  }
}
