/** The feeder a site hangs on, and where its load and devices stand, as part of the scheduling problem. docs/method/feeder.md. */
import type { Feeder } from '../feeder/feeder.ts';

/** Where load and devices of a site stand on its network. */
export interface NetworkPlaces {
  /** Shares of `loadKw`, which sum to 1, with the reactive power that goes with each kW where that matters. */
  loads: { bus: string; share: number; kvarPerKw?: number }[];
  /** Bus of each device, in the order of the problem's lists. */
  windBus: string[];
  gasBus: string[];
  storageBus: string[];
  aggregatorBus: string[];
}

export interface SiteNetwork extends NetworkPlaces {
  /** Per unit on 1 MVA. */
  feeder: Feeder;
  /** 'unconstrained': nothing of it enters the program; the finished plan is still checked by an AC power flow. */
  model: 'unconstrained' | 'lindistflow' | 'branch-flow';
  loads: { bus: string; share: number; kvarPerKw: number }[];
  /** Converters that give or take reactive power within their circle; the rest run at unity power factor. */
  inverters: NetworkInverter[];
  /** Tie-break against reactive power for nothing; part of the objective, not of the cost. */
  reactivePerKvarh: number;
  /** Sides of the polygon that stands for a circle of apparent power. */
  circleSides: number;
  /** Limits of lines as the circle itself, met by cuts, or as that polygon, which leaves a program of rows alone; absent: the polygon. */
  lineCircle?: 'cuts' | 'polygon';
  /** Of the linear model: its limits are not rows of the program. Its answer is the plan where an AC flow keeps them, for no plan within them is better. */
  limits?: 'left-out';
  /** What an AC power flow has shown the linear model to miss; null until a plan was held against one. */
  correction: NetworkCorrection | null;
}

export interface NetworkInverter {
  kind: 'wind' | 'storage' | 'aggregator';
  /** Index into the problem's list of that kind. */
  index: number;
  ratedKva: number;
}

/** Room kept at a limit beyond the robust margin [slot][bus in the order of the tree]. */
export interface NetworkCorrection {
  /** Squared pu by which the true voltage may lie below, and above, what the model believes. */
  lowSquaredPu: number[][];
  highSquaredPu: number[][];
  /** MVA by which the true flow at the sending end may exceed the model's. */
  lineMva: number[][];
  /** Supply beyond the site's share of losses, for what the feeder loses at the worst deviations [slot], kW; the linear model alone. */
  lossKw: number[];
  /** Deviations at which losses are supplied [slot]; branch flow alone. */
  lossCases: LossCase[][];
}

/** Deviations of a slot, and who answers the share that is answered. */
export interface LossCase {
  /** [component] */
  deviationKw: number[];
  /** Bus; null: nobody answers. */
  answer: string | null;
}

/** The answer: what converters give, and what the network model believes. */
export interface NetworkSchedule {
  /** Injected [inverter][slot]. */
  reactiveKvar: number[][];
  /** Buses in the order of the tree, the substation first. */
  buses: string[];
  /** [slot][bus] */
  voltagePu: number[][];
  /** [slot]; 0 throughout for the lossless model. */
  lossKw: number[];
  /** Supplied beyond it for what the worst deviations lose [slot]. Absent in plans made before it was. */
  lossRoomKw?: number[];
}
