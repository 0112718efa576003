/**
 * What planning needs from the outside, owned by planning; `store/` and the hosts plug it in. All reads and writes are
 * synchronous (SQLite in the same process) except where time passes.
 */
import type { ErrorReport } from '../base/errors.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { NamedBasis } from '../program/basis.ts';
import type { ImportKind, RegularSeries, Sample, SeriesKind, SeriesUnit, Session } from '../telemetry/types.ts';
import type { FittedSet } from '../uncertainty/types.ts';
import type { CheckReport, OutOfSample } from '../verify/types.ts';
import type { BackTestStore } from './backtest/back-test-ports.ts';
import type { MarketStore } from './market/market-plan.ts';
import type { FeederStore } from './network/network-ports.ts';
import type { MobileStore } from './sms/mobile-ports.ts';
import type { PlanProvenance } from './plan/plan-provenance.ts';
import type { Site } from './site.ts';

/** Files as planning takes them in; implemented by the hosts. */
export type { ByteSource } from '../telemetry/source.ts';
/** Where the solver ended on a plan. */
export type { NamedBasis } from '../program/basis.ts';
/** What a stored plan keeps of how it was made. */
export type {
  FullRecourseProvenance,
  PlanProvenance,
  PriceProvenance,
  TruckProvenance,
} from './plan/plan-provenance.ts';

export interface SeriesInfo {
  id: number;
  kind: SeriesKind;
  name: string;
  unit: SeriesUnit;
  /** Zone of the file it came from (values are kept in UTC). */
  zone: string;
  stepMinutes: number;
  source: string;
  /** First instant covered and the end of the last; equal when empty. */
  fromUtcMs: number;
  toUtcMs: number;
  valueCount: number;
  flaggedCount: number;
}

export interface BatchInfo {
  id: number;
  kind: ImportKind;
  fileName: string;
  fileHash: string;
  importedAtMs: number;
  rowCount: number;
  storedCount: number;
  /** Values or sessions kept but flagged, and rows that replaced an earlier import. */
  flaggedCount: number;
  replacedCount: number;
  mapping: unknown;
}

export interface NewBatch {
  kind: ImportKind;
  fileName: string;
  fileHash: string;
  mapping: unknown;
  /** For series kinds. A series is the same when kind and name are. */
  series: { name: string; unit: SeriesUnit; zone: string; stepMinutes: number; source: string } | null;
}

/** One file, one transaction. Nothing is visible before `commit`; `rollback`, a crash or a lost process leaves no trace. */
export interface ImportWriter {
  addSamples(samples: readonly Sample[]): void;
  addSessions(sessions: readonly Session[]): void;
  commit(totals: { rowCount: number }): BatchInfo;
  rollback(): void;
}

export interface FlagRange {
  id: number;
  seriesId: number;
  /** A name of `flagBits`. */
  kind: string;
  fromUtcMs: number;
  toUtcMs: number;
  count: number;
  /** Plain sentence with numbers: "2,662 MW between 13,366 and 12,503". */
  detail: string;
  override: { verdict: 'good' | 'bad'; reason: string; operator: string; atMs: number } | null;
}

/** Findings, and the bits of the values of a stretch: a piece begins where the one before ends, or later. */
export interface FlagPiece {
  ranges: readonly Omit<FlagRange, 'id' | 'seriesId' | 'override'>[];
  startUtcMs: number;
  stepMinutes: number;
  flags: Uint16Array;
}

export interface TelemetryStore {
  listSeries(): SeriesInfo[];
  /** Values of [fromUtcMs, toUtcMs) on the series' own grid; NaN where nothing is stored. @throws Refusal `not-found` */
  readSeries(id: number, fromUtcMs: number, toUtcMs: number): RegularSeries;
  findBatch(fileHash: string, kind: ImportKind): BatchInfo | null;
  listBatches(): BatchInfo[];
  beginImport(batch: NewBatch): ImportWriter;
  /** Resolves when no import holds the write lock; every other writer awaits it first. */
  whenWritable(): Promise<void>;
  /**
   * Replaces all quality findings of a series (overrides are kept by range and kind) and the flag bits of its values, in one
   * transaction. Each piece is taken when the one before has been written, so that they never need to be in memory together;
   * the series may be read meanwhile.
   */
  replaceFlags(seriesId: number, pieces: Iterable<FlagPiece>): void;
  listFlags(filter: { seriesId?: number; kind?: string; offset: number; limit: number }): {
    total: number;
    ranges: FlagRange[];
  };
  overrideFlag(flagId: number, verdict: 'good' | 'bad', reason: string, operator: string): FlagRange;
  /** Marks a range bad by hand; it becomes a flag of kind operatorBad. */
  markBad(seriesId: number, fromUtcMs: number, toUtcMs: number, reason: string, operator: string): FlagRange;
  /** Valid share per local day: what the heat strip draws. */
  dayQuality(seriesId: number, zone: string): { days: string[]; validShare: Float64Array; flagged: Float64Array };
  readSessions(fromUtcMs: number, toUtcMs: number): Session[];
  sessionStations(): { station: string; count: number; usable: number; fromUtcMs: number; toUtcMs: number }[];
}

export interface SetRecord {
  id: string;
  day: string;
  createdAtMs: number;
  set: FittedSet;
}

/** A set kept under a name by an operator; the set itself is stored once, under `setId`. */
export interface FrozenSet {
  name: string;
  setId: string;
  note: string;
  operator: string;
  frozenAtMs: number;
}

export interface PlanRecord {
  id: string;
  day: string;
  status: 'draft' | 'approved' | 'superseded';
  /** Proven bound and relative gap; null where nothing is proven. */
  outcome: { kind: 'optimal' | 'feasible'; bound: number | null; gap: number | null };
  problem: V2gProblem;
  schedule: V2gSchedule;
  check: CheckReport;
  /** The same day without V2G (plan-time solve); null when that day has no schedule. Part of the content hash. */
  /** `meteredPeakKw`: of the peak that is priced or capped, where one is. */
  baseline: { cost: number; peakKw: number; meteredPeakKw?: number } | null;
  /** Set once by the test phase; null until then. */
  test: OutOfSample | null;
  provenance: PlanProvenance;
  /** SHA-256 of the canonical JSON of { id, day, outcome, problem, schedule, check, baseline, provenance }; recomputed on read. */
  contentHash: string;
}

export interface PlanSummary {
  id: string;
  day: string;
  status: PlanRecord['status'];
  protection: number;
  totalCost: number;
  currency: string;
  createdAtMs: number;
  gap: number | null;
  passed: boolean;
  /** Id of the plan a what-if was made from; null for a plan of its own. */
  basedOn: string | null;
  /** Out of the lists by a word of the operator. */
  setAside: boolean;
  /** What it takes in the database. */
  bytes: number;
}

export interface PlanStore {
  saveSet(record: SetRecord): void;
  getSet(id: string): SetRecord | null;
  listSets(
    day?: string | undefined,
  ): { id: string; day: string; createdAtMs: number; method: string; nominal: number }[];
  /** Names a stored set for good, in one transaction with the audit entry. @throws Refusal `name-taken`, `not-found` */
  freezeSet(frozen: Omit<FrozenSet, 'frozenAtMs'>): FrozenSet;
  /** Newest first. */
  listFrozen(): FrozenSet[];
  /** Plans never change after this; only `status` moves and `test` is attached once. */
  savePlan(plan: PlanRecord): void;
  attachTest(planId: string, test: OutOfSample): void;
  /** Where the solver ended, for what-ifs to begin at. A help and no record: kept for the newest plans alone. @throws Refusal `plan-not-found` */
  savePlanBasis(planId: string, basis: NamedBasis): void;
  /** Null where it was not kept. */
  getPlanBasis(planId: string): NamedBasis | null;
  /** @throws Refusal `plan-corrupt` when the stored content does not match its hash, `other-format` when it has another shape. */
  getPlan(id: string): PlanRecord | null;
  /** Problem and schedule as they stand in the database, altered or not; null when unreadable. Only to say what is wrong. */
  getAlteredContent(id: string): Pick<PlanRecord, 'problem' | 'schedule'> | null;
  listPlans(day?: string | undefined): PlanSummary[];
  /** Approves one plan of a day and supersedes the one approved before, in one transaction with the audit entry. */
  approvePlan(id: string, operator: string, reason: string): void;
  /** Marks plans of the day or of trucks, in one transaction with the audit entries; names those newly marked. @throws Refusal `plan-not-found`, `plan-counts` */
  setPlansAside(planIds: readonly string[], operator: string): string[];
  /** Takes the marks away, likewise; names those that had one. @throws Refusal `plan-not-found` */
  bringPlansBack(planIds: readonly string[], operator: string): string[];
  saveSweep(day: string, key: string, points: unknown): void;
  getSweep(day: string, key: string): unknown;
  /** Everything kept for a day, newest first. */
  listSweeps(day: string): { key: string; points: unknown }[];
}

export interface AuditEntry {
  id: number;
  atMs: number;
  operator: string;
  act: string;
  subject: string;
  detail: unknown;
}

/** A long piece of work as it was asked for. */
export interface NewRun {
  kind: string;
  title: string;
  /** What it was asked: options as plain data. */
  asked: unknown;
  operator: string;
  startedAtMs: number;
}

export interface RunEnd {
  outcome: 'done' | 'cancelled' | 'failed';
  /** The last line of numbers it reported. */
  said: string;
  /** What it made: id of a plan, a set or a batch, or a file. */
  result: string | null;
  error: ErrorReport | null;
  endedAtMs: number;
}

export interface RunInfo extends NewRun, Omit<RunEnd, 'outcome' | 'endedAtMs'> {
  id: number;
  /** Null while it runs. 'lost': its process went away without telling the end, which is not known. */
  outcome: RunEnd['outcome'] | 'lost' | null;
  endedAtMs: number | null;
}

export interface DeskStore {
  getSite(): Site | null;
  /** When the site in use was saved; null without one. */
  siteSavedMs(): number | null;
  saveSite(site: Site, operator: string): void;
  getSetting(key: string): string | null;
  setSetting(key: string, value: string): void;
  /** In one transaction with the audit entry. */
  setSettingWithAudit(
    key: string,
    value: string,
    entry: { operator: string; act: string; subject: string; detail: unknown },
  ): void;
  addAudit(entry: { operator: string; act: string; subject: string; detail: unknown }): void;
  /** When the log last says that `act` was done; null for never. */
  lastActMs(act: string): number | null;
  listAudit(filter: { offset: number; limit: number }): { total: number; entries: AuditEntry[] };
  startRun(run: NewRun): number;
  endRun(id: number, end: RunEnd): void;
  /** Newest first. */
  listRuns(page: { offset: number; limit: number }): { total: number; runs: RunInfo[] };
  /** SQLite's online backup, whole or not at all; resolves with the bytes written. A file that is there is kept unless said otherwise. */
  backup(toFile: string, existing?: 'keep' | 'replace'): Promise<number>;
  info(): { file: string; schemaVersion: number; bytes: number };
  close(): void;
}

export type Store = TelemetryStore & PlanStore & DeskStore & MobileStore & BackTestStore & MarketStore & FeederStore;

export interface Clock {
  nowMs(): number;
  /** Resolves in the next turn of the event loop: lets answers and events out before long synchronous work. */
  nextTurn(): Promise<void>;
}
/** SHA-256 as lower-case hex; given by the host because pure rooms have no crypto. */
export type Hasher = (text: string) => string;
