/**
 * What a plan is made for: the objectives of Zhou et al. 2017, Table 1, as plain data. Formulas: docs/method/objectives.md.
 *
 *   cost         worst-case committed cost, the negative of the owner's profit             money    least
 *   generation   fuel and no-load of the gas units, quadratic by chords                    money    least
 *   loss         active energy lost on the way over the day                                kWh      least
 *   deviation    max_t max_ξ |renewables_t − (load_t + EV net_t + ξ_t)|                    kW       least
 *   renewables   share of the available renewable energy that is used                      %        most
 */
export const objectiveKinds = ['cost', 'generation', 'loss', 'deviation', 'renewables'] as const;
export type ObjectiveKind = (typeof objectiveKinds)[number];

/** Absent from a problem: the cost alone. What is not named is left to the cost, which comes last of all. */
export type Objectives =
  | {
      rule: 'lexicographic';
      /** While one is optimised each before it may give way by `tolerance`, a share of the value it had reached. */
      order: { objective: ObjectiveKind; tolerance: number }[];
    }
  | {
      rule: 'weighted';
      /** Per way from the best of an objective to its nadir, so that weights have no unit. */
      weights: { objective: ObjectiveKind; weight: number }[];
    };

/** What one solve minimises, and what it keeps: a step on the way to `Objectives`. */
export interface Goal {
  /** Objectives with columns of their own; programs that have the same ones have one shape. */
  over: ObjectiveKind[];
  /** Sum of values, each times `per`; of what is wanted most `per` is taken negative. */
  minimise: { objective: ObjectiveKind; per: number }[];
  /** At most this value; at least, of what is wanted most. */
  keep: { objective: ObjectiveKind; value: number }[];
  /** No objective is bought with cars that leave without their energy: its price is at most this. Absent: no limit. */
  unmetAtMost?: number;
}

/** Of the objectives a problem can state; money, kWh, kW, %. */
export type ObjectiveValues = Partial<Record<ObjectiveKind, number>>;

/** 1 where less is better, −1 where more is. */
export const senseOf = (objective: ObjectiveKind): 1 | -1 => (objective === 'renewables' ? -1 : 1);

export interface ObjectiveStep {
  objective: ObjectiveKind;
  reached: number;
  /** What it had to keep from then on; null: it was the last. */
  kept: number | null;
  /** Where time ran out before the best was found: no plan is better than this; null where not even that is known. Absent where `reached` is the best. */
  atBest?: number | null;
  /** There was no time for a plan of its own: it is that of least cost. */
  untried?: true;
}

/** How a plan came by its objectives, beside the values it has. */
export interface ObjectiveAnswer {
  values: ObjectiveValues;
  /** In their order: what each reached when it was its turn. */
  steps: ObjectiveStep[];
  /** Price of energy that cars leave without in the plan of least cost; no objective may leave them with less. */
  unmetAtMost?: number;
  /** Of a weighted sum: the range each was measured by. */
  ranges?: { objective: ObjectiveKind; weight: number; best: number; nadir: number }[];
}

export const namedIn = (objectives: Objectives): ObjectiveKind[] =>
  (objectives.rule === 'lexicographic' ? objectives.order : objectives.weights).map(({ objective }) => objective);
