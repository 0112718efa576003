/** What planning needs kept of networks: feeders, written once and never changed. */
import type { FeederBranchData, FeederBusData } from '../../telemetry/feeders/feeder-data.ts';

export interface FeederInfo {
  id: string;
  name: string;
  topology: 'radial' | 'meshed';
  buses: number;
  /** Closed branches, and tie switches that are kept open. */
  branches: number;
  ties: number;
  baseKv: number;
  loadKw: number;
  loadKvar: number;
  source: string;
  licence: string;
  /** What a drawing of it must say; empty when nothing. */
  attribution: string;
  importedAtMs: number;
  files: { name: string; hash: string }[];
}

/** A bus without a place has x and y of null. */
export type StoredBus = Omit<FeederBusData, 'x' | 'y'> & { x: number | null; y: number | null };

export interface FeederRecord extends FeederInfo {
  network: {
    /** Absent: radial. */
    topology?: 'meshed';
    slackBus: string;
    slackVoltagePu: number;
    buses: StoredBus[];
    branches: FeederBranchData[];
  };
}

export interface FeederStore {
  /** With its entry in the audit log, as one transaction. The same feeder again is the one that is there. */
  saveFeeder(record: FeederRecord, operator: string): void;
  /** Null id: the first imported. @throws Refusal `bad-feeder` when what is stored was altered. */
  getFeeder(id: string | null): FeederRecord | null;
  /** Newest first. */
  listFeeders(): FeederInfo[];
}
