/** Demand response: tariffs and the answer of the owners to each. Money in the plan's currency, power kW, arrays [slot]. */
import { z } from 'zod';
import { horizonPayload, isoDay, numbers } from './series.ts';

export const tariffTrial = z.object({
  planId: z.string(),
  day: isoDay,
  currency: z.string(),
  horizon: horizonPayload,
  cars: z.number(),
  energyKwh: z.number(),
  flatPerKwh: z.number(),
  peakPerKw: z.number(),
  /** Demand without cars. */
  loadKw: numbers,
  wholesalePerKwh: numbers,
  /** The flat tariff first; of each other kind the strength that costs the utility least. */
  outcomes: z.array(
    z.object({
      kind: z.enum(['flat', 'time-of-use', 'critical-peak', 'real-time', 'incentive']),
      strength: z.number(),
      pricePerKwh: numbers,
      /** 1 in slots in which charging less is paid for; empty without an event. */
      event: numbers,
      paidPerKwh: z.number(),
      carsKw: numbers,
      bills: z.number(),
      paid: z.number(),
      energyCost: z.number(),
      peakCost: z.number(),
      utilityCost: z.number(),
      peakKw: z.number(),
      shiftedKwh: z.number(),
      carsWorseOff: z.number(),
      ownersGain: z.number(),
      utilityGains: z.number(),
    }),
  ),
});
export type TariffTrialPayload = z.infer<typeof tariffTrial>;

export const defaultTariffs = { marginPerKwh: 0.1, peakPerKw: 0.25 } as const;

export const tariffCalls = {
  'tariffs.try': {
    request: z.object({
      planId: z.string(),
      /** Flat price over what charging at once costs the utility. */
      marginPerKwh: z.number().min(0).max(10),
      /** Cost of a kW of the day's highest demand. */
      peakPerKw: z.number().min(0).max(1000),
    }),
    response: tariffTrial,
  },
};
