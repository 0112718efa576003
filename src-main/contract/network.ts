/** What a plan does to its feeder: voltages by AC power flow and by the linear estimate, losses, and who moves a bus. */
import { z } from 'zod';
import { networkChanges } from './network-changes.ts';
import { networkModel } from './network-model.ts';
import { meshView } from './mesh.ts';
import { horizonPayload, numbers } from './series.ts';

/** Arrays over slots and buses are flat: slot · buses + bus. A voltage that no flow gives is NaN. */
export const networkView = z.object({
  planId: z.string(),
  horizon: horizonPayload,
  feeder: z.object({
    name: z.string(),
    /** In an order in which each bus comes after the one that feeds it; the substation first. */
    buses: z.array(z.string()),
    /** Index of the feeding bus; −1 for the substation. */
    parent: numbers,
    /** Resistance of the way from the substation, thousandths of a pu on 1 MVA: how far a bus is from it electrically. */
    distance: numbers,
    /** MVA; NaN where no limit is stated. */
    limitMva: numbers,
    /** Limits of each bus, pu; the substation has none of its own. */
    voltageMinPu: numbers,
    voltageMaxPu: numbers,
    /** Place of each bus in a drawing; NaN where none is known. */
    x: numbers,
    y: numbers,
    /** Open tie switches, by the indices of their buses. */
    ties: z.array(z.object({ from: z.number(), to: z.number() })),
    slackVoltagePu: z.number(),
    /** What a drawing of it must say; empty when nothing. */
    attribution: z.string(),
  }),
  /** What stands otherwise than in the feeder's file. */
  changes: networkChanges,
  model: networkModel,
  voltageMinPu: z.number(),
  voltageMaxPu: z.number(),
  /** What is worst: deviations of the set, or these beside signals of regulation and calls of reserve that the plan holds. */
  worst: z.enum(['deviations', 'deviations-and-signals']),
  /** AC, of what is expected; at worst; and the lossless linear estimate of what is expected. */
  voltagePu: numbers,
  lowestPu: numbers,
  highestPu: numbers,
  linearPu: numbers,
  /** At the sending end of the branch that feeds the bus, of what is expected. */
  branchMva: numbers,
  /** The same at worst, where a limit is stated; 0 elsewhere. */
  heaviestMva: numbers,
  /** [slot] */
  lossKw: numbers,
  /** By how much the losses of the worst deviations go beyond what the plan supplies for losses [slot]; 0 where they do not. */
  lossShortKw: numbers,
  importKw: numbers,
  /** What AC takes from the grid above beyond the linear model, and the largest difference of a voltage [slot]. */
  importGapKw: numbers,
  voltageGapPu: numbers,
  /** What the plan was made with: its own voltages, and the loss that its power balance supplies [slot]. */
  modelPu: numbers,
  modelLossKw: numbers,
  /** |AC − what the plan was made with| [slot]: the largest of a voltage, loss, import. Of branch flow: the gap of its relaxation. */
  gap: z.object({ voltagePu: numbers, lossKw: numbers, importKw: numbers }),
  /** Slots without a solution of the power flow. */
  unsolved: z.array(z.number()),
  /** Slots that have one of what is expected, and none of the worst deviations of some bus, branch or the loss. */
  unsolvedAtWorst: z.array(z.number()),
  /** The five bus-hours nearest their limit or beyond it, one per bus. */
  nearest: z.array(
    z.object({
      bus: z.number(),
      slot: z.number(),
      side: z.enum(['low', 'high']),
      voltagePu: z.number(),
      worstPu: z.number(),
      /** To the limit at worst; negative beyond it. */
      marginPu: z.number(),
    }),
  ),
  /** Devices by bus; the load is on many. */
  assets: z.array(
    z.object({
      kind: z.enum(['wind', 'gas', 'storage', 'aggregator', 'truck', 'capacitor']),
      id: z.string(),
      name: z.string(),
      bus: z.number(),
      /** Rating of its converter, 0 for none; of a capacitor its kvar at 1 pu. */
      converterKva: z.number(),
      /** Taken from the network [slot]; negative: given. */
      takenKw: numbers,
      givenKvar: numbers,
    }),
  ),
});
export type NetworkPayload = z.infer<typeof networkView>;

/** By how much each part of the site raises (or lowers) the voltage of one bus [slot], linear estimate, pu. */
export const busContributions = z.object({
  bus: z.string(),
  parts: z.array(
    z.object({
      kind: z.enum(['load', 'wind', 'gas', 'storage', 'aggregator', 'truck', 'capacitor']),
      id: z.string(),
      name: z.string(),
      effectPu: numbers,
    }),
  ),
});
export type BusContributionsPayload = z.infer<typeof busContributions>;

/** Settings to try on a finished plan; absent: as it was planned. */
const whatIf = {
  voltageMinPu: z.number().min(0.5).max(1).optional(),
  changes: networkChanges.optional(),
};

export const networkCalls = {
  /** Null when the plan was made without a meshed network. */
  'network.mesh': { request: z.object({ planId: z.string() }), response: meshView.nullable() },
  /** Null when the plan was made without a feeder. */
  'network.get': { request: z.object({ planId: z.string() }), response: networkView.nullable() },
  'network.bus': {
    request: z.object({ planId: z.string(), bus: z.string(), ...whatIf }),
    response: busContributions,
  },
  /** The same schedule on the network as it would be with these settings: AC flows only, nothing is solved or stored. */
  'network.whatIf': { request: z.object({ planId: z.string(), ...whatIf }), response: networkView },
  /** The matrix of voltages, one row per slot and bus; of a meshed network that of flows, one row per slot and line. */
  'network.export': {
    request: z.object({ planId: z.string() }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
