/** What planning of mobile storage needs kept: road networks, the definition, plans. All of them are versions that never change. */
import type { SmsPlan, SmsRound } from '../../models/sms/plan.ts';
import type { SmsProblem, Ties } from '../../models/sms/problem.ts';
import type { RoadLinkData, RoadNodeData } from '../../models/sms/roads/road-graph.ts';
import type { CheckReport } from '../../verify/types.ts';
import type { MarginName, MobileStorage } from './mobile-storage.ts';
import type { SmsOverride } from './sms-override.ts';
import type { Way } from './travel.ts';
import type { MarginEvidence } from './wind-margins.ts';

export interface RoadsInfo {
  id: string;
  name: string;
  nodes: number;
  links: number;
  source: string;
  licence: string;
  /** What a map of it must say; empty when nothing. */
  attribution: string;
  importedAtMs: number;
  files: { name: string; hash: string }[];
}

export interface RoadsRecord extends RoadsInfo {
  coordinates: 'degrees' | 'drawing' | 'none';
  network: { nodes: RoadNodeData[]; links: RoadLinkData[] };
}

export interface SmsPlanOptions {
  epsilon: number;
  margin: MarginName;
  arrivalConfidence: number;
  ties: Ties;
  timeLimitSeconds: number;
}

export type SmsPlanStatus = 'draft' | 'approved' | 'superseded';

export interface SmsPlanProvenance {
  inputsHash: string;
  dataHash: string;
  /** Zone of the site the slots were counted in. */
  zone: string;
  modelVersion: string;
  solverVersion: string;
  seed: number;
  /** Shape of the record; see base/schema-versions.ts. */
  schemaVersion: number;
  createdAtMs: number;
  operator: string;
  solveSeconds: number;
  notes: string[];
}

export interface SmsPlanRecord {
  id: string;
  day: string;
  /** Not part of the content: it moves from draft to approved to superseded. */
  status: SmsPlanStatus;
  currency: string;
  options: SmsPlanOptions;
  overrides: SmsOverride[];
  /** The plan it was drafted from. */
  basedOn: string | null;
  roadsId: string;
  /** As it stood when the plan was made. */
  storage: MobileStorage;
  /** Null where nothing is proven. */
  outcome: { kind: 'optimal' | 'feasible'; upperBound: number | null; gap: number | null };
  rounds: SmsRound[];
  /** In MW and MWh; its money is in `currency`. */
  problem: SmsProblem;
  plan: SmsPlan;
  /** Curtailed without any truck [grid][slot]. */
  aloneCurtailMw: number[][];
  /** [terminal]: place of its node in the network. */
  terminalNodes: number[];
  /** What the trucks drive. */
  ways: Way[];
  /** [from][to], km at the start of the day; NaN where there is no way. */
  distanceKm: number[][];
  evidence: MarginEvidence;
  check: CheckReport;
  provenance: SmsPlanProvenance;
  /** SHA-256 of the canonical JSON of all else but the status; recomputed on read. */
  contentHash: string;
}

export interface SmsPlanSummary {
  id: string;
  day: string;
  status: SmsPlanStatus;
  currency: string;
  ownerProfit: number;
  usersSaving: number;
  gap: number | null;
  epsilon: number;
  margin: MarginName;
  overrides: number;
  basedOn: string | null;
  createdAtMs: number;
  passed: boolean;
  /** Out of the lists by a word of the operator. */
  setAside: boolean;
  /** What it takes in the database. */
  bytes: number;
}

export interface MobileStore {
  /** The same network again is the one that is there. */
  saveRoads(record: RoadsRecord): void;
  /** Null id: the first imported, so that a later import never changes what is driven on. @throws Refusal `roads-unusable` when what is stored was altered. */
  getRoads(id: string | null): RoadsRecord | null;
  listRoads(): RoadsInfo[];
  getMobileStorage(): MobileStorage | null;
  saveMobileStorage(storage: MobileStorage, operator: string): void;
  saveSmsPlan(plan: SmsPlanRecord): void;
  /** @throws Refusal `plan-corrupt` when the content does not have its hash, `other-format` when another version wrote it. */
  getSmsPlan(id: string): SmsPlanRecord | null;
  listSmsPlans(day?: string | undefined): SmsPlanSummary[];
  /** Supersedes the plan approved before, with an entry of who, why and which content. @throws Refusal `plan-not-found`, `bad-request` */
  approveSmsPlan(id: string, operator: string, reason: string): void;
}
