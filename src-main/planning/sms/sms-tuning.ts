import type { RevenueDetail } from '../../models/sms/marginal/day-master.ts';

/** What makes the search fast; each can be switched off, to measure what it buys. */
export interface SmsTuning {
  /** How much of the best prices so far goes into the next, so that they do not swing. */
  inertia: number;
  /** Share of the gap that a branch may leave to the branches after it. */
  earlyShare: number;
  /** Share of the time in which better fleets are sought where there is no thread for it; 0: none are. */
  fleetShare: number;
  /** Revenue by how many trucks work at which power, by the kinds of trucks present, by their number, or by their power alone. */
  revenue: 'by-work' | RevenueDetail;
  /** Parts of full power at which work is told apart, coarse first, each a multiple of the one before; those with too many combinations, and all after them, are left out. */
  workParts: readonly number[];
  /** Parts of full power at which a place gets steps of its own where mixtures break them, each a multiple of the last of `workParts`: the first whose energies are few enough. */
  finerParts: readonly number[];
  /** New days of a class for one mixture, each the best through some arc that the others do not use. */
  daysAtOnce: number;
  /** Days in a mixture, but for new ones: those that miss least at the best prices. */
  mostDays: number;
  /** Whether branches leave out arcs that no decision above the next aim uses (branch-rooms.ts). */
  rooms: 'on' | 'off';
  /** Cuts of a branch that are tried before one is chosen (best-cut.ts); 1: where revenue is most overstated. */
  cutsTried: number;
  /** How far prices of work may move from the best so far in one mixture, USD per truck. */
  nearUsd: number;
  /** Whether what is left of the networks at the first bound is solved as one program beside the branches. */
  core: 'on' | 'off';
  /** Days of up to so many trucks the core proves sooner than finer prices: their revenue stays by kind. */
  coreTrucks: number;
  /** Whether a mixture is solved from where the one before stood. */
  start: 'last-mixture' | 'nothing';
  /** Trucks that differ in nothing are counted as a class, or each is told apart. */
  symmetry: 'classes' | 'each';
  /** Whether the mixture begins with the best days that simple search finds. */
  firstDays: 'improved' | 'none';
  /** Branches worked on at the same time, as far as the solver has threads. */
  width: number;
}

export const smsTuning: SmsTuning = {
  inertia: 0.6,
  earlyShare: 0.15,
  fleetShare: 0.2,
  revenue: 'by-work',
  workParts: [2],
  finerParts: [12, 8, 6, 4],
  daysAtOnce: 30,
  mostDays: 1200,
  rooms: 'on',
  cutsTried: 16,
  nearUsd: 0.5,
  core: 'on',
  coreTrucks: 2,
  start: 'last-mixture',
  symmetry: 'classes',
  firstDays: 'improved',
  width: 3,
};
