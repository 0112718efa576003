/** What a plan does to its meshed network: flows by DC power flow, what worst deviations make of them, and prices of places. */
import { z } from 'zod';
import { networkModel } from './network-model.ts';
import { horizonPayload, numbers } from './series.ts';

/** Arrays over slots and lines are flat: slot · lines + line; over slots and buses: slot · buses + bus. */
export const meshView = z.object({
  planId: z.string(),
  horizon: horizonPayload,
  currency: z.string(),
  mesh: z.object({
    name: z.string(),
    /** The bus that the grid above feeds first. */
    buses: z.array(z.string()),
    /** Place of each bus in a drawing; NaN where none is given. */
    x: numbers,
    y: numbers,
    /** `from` and `to`: indices of buses. */
    lines: z.array(z.object({ id: z.string(), from: z.number(), to: z.number() })),
    /** MW; NaN where no limit is stated. */
    limitMw: numbers,
  }),
  model: networkModel,
  /** From → to, of what is expected; and at the deviations that push it furthest forwards and backwards. */
  flowMw: numbers,
  mostMw: numbers,
  leastMw: numbers,
  /** Taken from the network [slot · buses + bus]; negative: given. */
  demandMw: numbers,
  /** Null where the network did not enter the plan. */
  prices: z
    .object({
      /** Per MWh at the bus that the grid above feeds [slot]. */
      energyPerMwh: numbers,
      /** [slot · buses + bus]: energy and congestion. */
      busPerMwh: numbers,
      /** Per MWh that one MW more over the line would save [slot · lines + line]. */
      linePerMwh: numbers,
      /** What load pays for congestion beyond what supply is paid, over the day. */
      rent: z.number(),
    })
    .nullable(),
  /** The five lines nearest their limit or beyond it, each at its worst slot. */
  fullest: z.array(
    z.object({
      line: z.number(),
      slot: z.number(),
      flowMw: z.number(),
      /** The larger of both directions at the worst deviations, in its direction. */
      worstMw: z.number(),
      limitMw: z.number(),
    }),
  ),
  assets: z.array(
    z.object({
      kind: z.enum(['wind', 'gas', 'storage', 'aggregator', 'truck']),
      id: z.string(),
      name: z.string(),
      bus: z.number(),
      /** Taken from the network [slot]; negative: given. */
      takenKw: numbers,
    }),
  ),
});
export type MeshPayload = z.infer<typeof meshView>;
