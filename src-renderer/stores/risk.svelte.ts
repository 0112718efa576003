import type { ErrorReport } from '../../src-main/base/errors.ts';
import type { Reply } from '../../src-main/contract/calls.ts';
import type { Client } from '../../src-main/contract/client.ts';
import type { JobPayload } from '../../src-main/contract/desk.ts';
import type { DialPayload, SweepPayload, SweepPointPayload } from '../../src-main/contract/plan.ts';
import type { DeskStore } from './desk.svelte.ts';
import type { JobsStore } from './jobs.svelte.ts';
import { Loadable } from './loadable.svelte.ts';
import { riskCurveCsv } from './risk-curve-csv.ts';
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

/** How far apart the protections of a curve can be. */
export const curveSteps = [0.25, 0.5, 1] as const;
export type CurveStep = (typeof curveSteps)[number];

/** The risk curve of the planning day, and the points of a sweep under way as they arrive. */
export class RiskStore {
  readonly sweep = new Loadable<SweepPayload | null>();
  /** Points of the running sweep, in order of arrival. */
  arrived = $state.raw<SweepPointPayload[]>([]);
  wanted = $state.raw<number[]>([]);
  jobId = $state<string | null>(null);
  /** Distance of the protections the next curve is solved at. */
  step = $state<CurveStep>(0.5);
  problem = $state.raw<ErrorReport | null>(null);
  /** What the last search for the least protection found. */
  found = $state.raw<DialPayload | null>(null);
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get running(): boolean {
    const { jobs } = this.#needs;
    return (jobs.runningOf('sweep') ?? jobs.runningOf('dial')) !== null;
  }
  /** Solved or failed points by protection: those of the running sweep over those of the stored one. */
  get points(): SweepPointPayload[] {
    const points = new Map<number, SweepPointPayload>();
    for (const point of this.jobId === null ? (this.sweep.value?.points ?? []) : [])
      points.set(point.protection, point);
    for (const point of this.arrived) points.set(point.protection, point);
    return [...points.values()].sort((a, b) => a.protection - b.protection);
  }
  /** Protections asked for that have no point yet. */
  get missing(): number[] {
    const known = new Set(this.points.map((point) => point.protection));
    const wanted = this.jobId === null ? (this.sweep.value?.wanted ?? []) : this.wanted;
    return wanted.filter((protection) => !known.has(protection));
  }

  start(): () => void {
    return this.#needs.client.on('sweep-point', ({ jobId, point }) => {
      if (jobId === this.jobId) this.arrived = [...this.arrived, point];
    });
  }

  /** Reads the last sweep of the planning day; its value is null when there is none. */
  async open(): Promise<void> {
    const { client, desk } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    await this.sweep.load(() => client.call('risk.get', { day }));
    if (this.sweep.value === null || this.sweep.value.day !== day) this.arrived = [];
  }

  /** Solves and tests the curve; the core goes from full protection down. */
  async make(): Promise<void> {
    const { client, desk, settings } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    const protections = protectionSteps(desk.components, this.step);
    await this.#follow(protections, () =>
      client.call('risk.sweep', { ...settings.planOptions(day, desk.components), protections }),
    );
  }

  /** Searches the least protection that keeps the wanted chance; the points it tries join the curve. */
  async dial(): Promise<void> {
    const { client, desk, settings } = this.#needs;
    const day = desk.day;
    if (day === null || this.running) return;
    this.found = null;
    const target = settings.targetChance;
    const job = await this.#follow([], () =>
      client.call('risk.dial', { ...settings.planOptions(day, desk.components), target }),
    );
    if (job?.state === 'done') this.found = job.result as DialPayload;
  }

  /** Starts a job that solves points and takes them in as they arrive; null when it was refused. */
  async #follow(wanted: number[], ask: () => Promise<Reply<{ jobId: string }>>): Promise<JobPayload | null> {
    const { client, jobs } = this.#needs;
    this.problem = null;
    this.arrived = [];
    this.wanted = wanted;
    // Points may arrive before the answer to the call does.
    const early: { jobId: string; point: SweepPointPayload }[] = [];
    const stopEarly = client.on('sweep-point', (event) => early.push(event));
    const reply = await ask();
    stopEarly();
    if (!reply.ok) {
      this.problem = reply.error;
      return null;
    }
    this.jobId = reply.value.jobId;
    this.arrived = early.filter((event) => event.jobId === this.jobId).map((event) => event.point);
    const job = await jobs.whenDone(reply.value.jobId);
    if (job.state === 'failed') this.problem = job.error as ErrorReport | null;
    this.jobId = null;
    await this.open();
    if (this.sweep.value !== null && this.sweep.value.points.length >= this.arrived.length) this.arrived = [];
    return job;
  }

  /** Makes α the one the next plan is made with. */
  use(protection: number): void {
    this.#needs.settings.set = 'budget';
    this.#needs.settings.chosenProtection = protection;
  }

  /** Saves the points shown as CSV. */
  export(): void {
    const { desk } = this.#needs;
    saveText(`risk-curve-${desk.day ?? 'unknown-day'}.csv`, riskCurveCsv(this.points, desk.site?.currency ?? ''));
  }
}
