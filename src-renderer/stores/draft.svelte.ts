import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Client } from '../../src-main/contract/client.ts';
import {
  relaxationsIn,
  type EditableResourcePayload,
  type PlanComparisonPayload,
  type RelaxationPayload,
} from '../../src-main/contract/drafts.ts';
import type { PlanPayload } from '../../src-main/contract/plan.ts';
import type { PlanEditPayload } from '../../src-main/contract/plan-edit.ts';
import type { ApprovalStore } from './approval.svelte.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { GhostStore } from './ghost.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import type { PlanStore } from './plan.svelte.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  approval: ApprovalStore;
  client: Client;
  desk: DeskStore;
  ghost: GhostStore;
  jobs: JobsStore;
  plan: PlanStore;
  settings: PlanSettings;
}

type Edits = readonly PlanEditPayload[];

/**
 * A what-if in the making: edits of the plan on the desk, with undo and redo, the draft they were last solved to, and what it changes. The
 * plan they are based on never changes.
 */
export class DraftStore {
  /** The panel is shown. */
  open = $state(false);
  /** The plan whose problem is edited. */
  baseId = $state<string | null>(null);
  edits = $state.raw<Edits>([]);
  readonly editable = new Loadable<EditableResourcePayload[]>();
  /** What the solved draft changes, from the base. */
  readonly consequence = new Loadable<PlanComparisonPayload>();
  /** Why the last solve gave no plan. */
  problem = $state.raw<ErrorReport | null>(null);
  jobId = $state<string | null>(null);
  starting = $state(false);
  #solved = $state.raw<{ planId: string; edits: Edits } | null>(null);
  #past = $state.raw<Edits[]>([]);
  #future = $state.raw<Edits[]>([]);
  #day: string | null = null;
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get running(): boolean {
    return this.starting || this.#needs.jobs.runningOf('draft') !== null;
  }
  /** The draft that stands for the edits as they are now; null while they are unsolved. */
  get solvedId(): string | null {
    return this.#solved !== null && this.#solved.edits === this.edits ? this.#solved.planId : null;
  }
  /** Changes that would let the what-if have a plan; each the least of its kind. */
  get relaxations(): RelaxationPayload[] {
    return relaxationsIn(this.problem?.details);
  }
  get whyNotUndo(): string | null {
    return this.#past.length === 0 ? 'There is nothing to undo.' : null;
  }
  get whyNotRedo(): string | null {
    return this.#future.length === 0 ? 'There is nothing to redo.' : null;
  }
  get whyNotSolve(): string | null {
    if (this.edits.length === 0) return 'Nothing is changed yet.';
    if (this.running) return 'A what-if is being solved.';
    return this.solvedId === null ? null : 'It is solved as it stands.';
  }
  /** A plan is not approved while changes to it are typed and not solved. */
  get whyNotApprove(): string | null {
    if (this.open && this.edits.length > 0 && this.solvedId === null)
      return 'The changes of the what-if are not solved yet.';
    return this.#needs.plan.whyNotApprove;
  }
  get whyNotKeep(): string | null {
    if (this.solvedId === null) return 'Solve the what-if first.';
    return this.#needs.plan.whyNotApprove;
  }

  /** Takes over the plan on the desk. Edits stay with the day: a plan made anew for it becomes their base. */
  async follow(plan: PlanPayload): Promise<void> {
    const isTaken = plan.status !== 'draft' && plan.id === this.#solved?.planId;
    if (!isTaken && (plan.id === this.baseId || plan.id === this.#solved?.planId)) return;
    if (isTaken || plan.day !== this.#day) this.#forget([]);
    this.#day = plan.day;
    if (plan.whatIf !== null && plan.status === 'draft') {
      // A what-if of earlier: its edits can be taken up where they were left.
      this.#forget(plan.whatIf.edits);
      this.#solved = { planId: plan.id, edits: this.edits };
      this.baseId = plan.whatIf.planId;
      this.open = true;
    } else {
      this.baseId = plan.id;
      if (isTaken) this.open = false;
      this.#solved = null;
      this.problem = null;
      this.consequence.clear();
    }
    await this.readAgain();
  }

  async readAgain(): Promise<void> {
    await Promise.all([this.#readEditable(), this.#compare()]);
  }

  add(edit: PlanEditPayload): void {
    this.#change([...this.edits, edit]);
  }
  remove(index: number): void {
    this.#change(this.edits.filter((_, at) => at !== index));
  }
  /** One press: the change is made and the what-if solved again. */
  async relax({ edit, replaces }: RelaxationPayload): Promise<void> {
    this.#change(
      replaces === null ? [...this.edits, edit] : this.edits.map((own, at) => (at === replaces ? edit : own)),
    );
    await this.solve();
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.edits];
    this.#show(before);
  }
  redo(): void {
    const after = this.#future.at(-1);
    if (after === undefined) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.edits];
    this.#show(after);
  }

  /** Solves the edits as a draft and brings it onto the desk, with what it changes. */
  async solve(): Promise<void> {
    const { client, desk, ghost, jobs, plan, settings } = this.#needs;
    const { baseId, edits } = this;
    if (baseId === null || this.whyNotSolve !== null) return;
    this.problem = null;
    this.starting = true;
    const { timeLimitSeconds } = settings;
    const reply = await client.call('plan.draft', { planId: baseId, edits: [...edits], timeLimitSeconds });
    this.starting = false;
    if (!reply.ok) {
      this.problem = reply.error;
      return;
    }
    this.jobId = reply.value.jobId;
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    const planId = (job.result as { planId?: unknown } | null)?.planId;
    if (typeof planId !== 'string' || this.baseId !== baseId) return;
    this.#solved = { planId, edits };
    await desk.refresh();
    await Promise.all([plan.open(planId), this.#compare()]);
    // What it was before stays visible behind what it would be.
    await ghost.choose(baseId);
  }

  /** Drops the edits and shows the plan they were based on; what was solved stays stored as a draft. */
  async discard(): Promise<void> {
    const { baseId } = this;
    this.#forget([]);
    this.open = false;
    await this.#needs.ghost.choose(null);
    if (baseId !== null) await this.#needs.plan.open(baseId);
  }

  /** Asks for the approval of the solved draft. */
  async keep(): Promise<void> {
    const { solvedId } = this;
    if (solvedId === null || this.whyNotKeep !== null) return;
    await this.#needs.plan.open(solvedId);
    this.#needs.approval.asked = 'day';
  }

  #change(edits: Edits): void {
    this.#past = [...this.#past, this.edits];
    this.#future = [];
    this.#show(edits);
  }

  #show(edits: Edits): void {
    this.edits = edits;
    this.problem = null;
  }

  #forget(edits: Edits): void {
    this.edits = edits;
    this.#past = [];
    this.#future = [];
    this.#solved = null;
    this.problem = null;
    this.consequence.clear();
  }

  async #readEditable(): Promise<void> {
    const { baseId } = this;
    if (baseId !== null) await this.editable.load(() => this.#needs.client.call('plan.editable', { planId: baseId }));
  }

  async #compare(): Promise<void> {
    const { baseId } = this;
    const toId = this.#solved?.planId;
    if (baseId !== null && toId !== undefined)
      await this.consequence.load(() => this.#needs.client.call('plan.compare', { fromId: baseId, toId }));
  }
}
