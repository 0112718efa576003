import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import { defaultCurvePoints } from '../../src-main/contract/defaults.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type {
  DialPayload,
  SweepPayload,
  SweepPointPayload,
  SweepResultPayload,
} from '../../src-main/contract/risk-curve.ts';
import { setKind, type SetKindPayload } from '../../src-main/contract/uncertainty.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { riskCurveCsv } from './risk-curve-csv.ts';
import { joinCurves, withPoint } from './risk-curves.ts';
import { saveText } from './save-text.ts';
import type { PlanSettings } from './settings.svelte.ts';

interface Needs {
  client: Client;
  desk: DeskStore;
  jobs: JobsStore;
  settings: PlanSettings;
}

/** Protections of a curve: every `step` from 0 to `components`, the end included. */
export function protectionSteps(components: number, step: number): number[] {
  const count = Math.floor(components / step + 1e-9);
  const steps = Array.from({ length: count + 1 }, (_, index) => index * step);
  return steps.at(-1)! < components - 1e-9 ? [...steps, components] : steps;
}

/** How far apart the protections of a budget's curve can be. */
export const curveSteps = [0.25, 0.5, 1] as const;
export type CurveStep = (typeof curveSteps)[number];
/** Points of the curve of another kind, as finely as the budget's would be. */
export const curvePoints: Readonly<Record<CurveStep, number>> = { 0.25: 17, 0.5: defaultCurvePoints, 1: 5 };

/** The risk curves of the planning day, one for each kind of set, and the points of a sweep under way as they arrive. */
export class RiskStore {
  readonly stored = new Loadable<SweepPayload[]>();
  /** Curves of the running job, as far as they have arrived. */
  arrived = $state.raw<SweepPayload[]>([]);
  jobId = $state<string | null>(null);
  /** How finely the next curve is solved. */
  step = $state<CurveStep>(0.5);
  problem = $state.raw<ErrorReport | null>(null);
  /** Kinds the last sweep could give no curve of, with the reason. */
  refused = $state.raw<SweepResultPayload['refused']>([]);
  /** What the last search for the least protection found, of each kind. */
  #found = $state.raw<Partial<Record<SetKindPayload, DialPayload>>>({});
  #kind = $state<SetKindPayload | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The kind whose curve is looked at: the draft's until another is chosen. */
  get kind(): SetKindPayload {
    return this.#kind ?? this.#needs.settings.set;
  }
  set kind(kind: SetKindPayload) {
    this.#kind = kind;
  }

  get running(): boolean {
    const { jobs } = this.#needs;
    return (jobs.runningOf('sweep') ?? jobs.runningOf('dial')) !== null;
  }
  /** One curve for each kind that has one: what has arrived over what is stored. */
  get curves(): SweepPayload[] {
    const joined = joinCurves(this.stored.value ?? [], this.arrived);
    return joined.sort((a, b) => order(a.scale.kind) - order(b.scale.kind));
  }
  /** The curve of the kind looked at; null while there is none. */
  get curve(): SweepPayload | null {
    return this.curves.find(({ scale }) => scale.kind === this.kind) ?? null;
  }
  get points(): SweepPointPayload[] {
    return this.curve?.points ?? [];
  }
  /** Sizes asked for that have no point yet. */
  get missing(): number[] {
    const known = new Set(this.points.map(({ size }) => size));
    return (this.curve?.wanted ?? []).filter((size) => !known.has(size));
  }
  get found(): DialPayload | null {
    const found = this.#found[this.kind] ?? null;
    return found?.day === this.#needs.desk.day ? found : null;
  }

  start(): () => void {
    const { client } = this.#needs;
    const stops = [
      client.on('sweep-curve', ({ jobId, curve }) => {
        if (jobId === this.jobId) this.arrived = joinCurves(this.arrived, [curve]);
      }),
      client.on('sweep-point', ({ jobId, kind, point }) => {
        if (jobId === this.jobId) this.arrived = withPoint(this.arrived, kind, point);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads the curves of the planning day. */
  async open(): Promise<void> {
    const { client, desk } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    await this.stored.load(() => client.call('risk.curves', { day }));
    this.arrived = this.arrived.filter((curve) => curve.day === day);
  }

  /** Solves and tests a curve for each kind; of the kind looked at when none are named. */
  async make(kinds: readonly SetKindPayload[] = [this.kind]): Promise<void> {
    const { client, desk, settings } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    this.refused = [];
    // Kinds beside each other are compared under one recourse, which every one of them can have.
    const strictest = kinds.find((kind) => settings.recourseFor(kind) !== settings.recourse) ?? kinds[0]!;
    const { set: _, size: __, ...options } = settings.makeOptions(day, desk.components, strictest);
    const steps = protectionSteps(desk.components, this.step);
    const sizes = kinds.length === 1 && kinds[0] === 'budget' ? { sizes: steps } : {};
    const job = await this.#follow(() =>
      client.call('risk.sweep', { ...options, kinds: [...kinds], points: curvePoints[this.step], ...sizes }),
    );
    if (job?.state === 'done') this.refused = (job.result as SweepResultPayload).refused;
  }

  /** Every kind after the other, to see which is cheapest at the wanted chance. */
  makeAll(): Promise<void> {
    return this.make(setKind.options);
  }

  /** Searches the least size that keeps the wanted chance; the points it tries join the curve. */
  async dial(): Promise<void> {
    const { client, desk, settings } = this.#needs;
    const { day } = desk;
    const { kind } = this;
    if (day === null || this.running) return;
    const { [kind]: _, ...others } = this.#found;
    this.#found = others;
    const target = settings.targetChance;
    const options = settings.makeOptions(day, desk.components, kind);
    const job = await this.#follow(() => client.call('risk.dial', { ...options, target }));
    if (job?.state === 'done') this.#found = { ...this.#found, [kind]: job.result as DialPayload };
  }

  /** Starts a job that solves points and takes them in as they arrive; null when it was refused. */
  async #follow(ask: () => Promise<Reply<{ jobId: string }>>): Promise<JobPayload | null> {
    const { client, jobs } = this.#needs;
    this.problem = null;
    this.arrived = [];
    // Points may arrive before the answer to the call does.
    const early: (() => void)[] = [];
    const stops = [
      client.on('sweep-curve', ({ jobId, curve }) =>
        early.push(() => {
          if (jobId === this.jobId) this.arrived = joinCurves(this.arrived, [curve]);
        }),
      ),
      client.on('sweep-point', ({ jobId, kind, point }) =>
        early.push(() => {
          if (jobId === this.jobId) this.arrived = withPoint(this.arrived, kind, point);
        }),
      ),
    ];
    const reply = await ask();
    stops.forEach((stop) => stop());
    if (!reply.ok) {
      this.problem = reply.error;
      return null;
    }
    this.jobId = reply.value.jobId;
    early.forEach((take) => take());
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    this.jobId = null;
    await this.open();
    if (this.stored.error === null) this.arrived = this.arrived.filter(hasUnsolved);
    return job;
  }

  /** Makes kind and size those the next plan is made with. */
  use(size: number): void {
    const { settings } = this.#needs;
    settings.set = this.kind;
    settings.chooseSize(this.kind, size);
  }

  /** Saves the points of every curve as CSV. */
  export(): void {
    const { desk } = this.#needs;
    saveText(`risk-curves-${desk.day ?? 'unknown-day'}.csv`, riskCurveCsv(this.curves, desk.site?.currency ?? ''));
  }
}

const order = (kind: SetKindPayload): number => setKind.options.indexOf(kind);
/** What failed is not stored, and is shown until the next sweep. */
const hasUnsolved = ({ points }: SweepPayload): boolean => points.some(({ state }) => state !== 'solved');
