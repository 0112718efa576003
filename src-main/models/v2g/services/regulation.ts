/**
 * Regulation capacity of the whole site: what all units offer is at most what the market takes, R_t = Σ r_t ≤ most_t. What it earns is the
 * cost of each r (held.ts): capacity price + mileage price · expected mileage · performance score, less the wear of the expected throughput.
 */
import type { Term } from '../../../program/program.ts';
import { perSlot, type Stage } from '../device.ts';
import { regulationName } from '../names.ts';
import { termAt } from './held.ts';
import type { HeldDevices } from './held-devices.ts';

/** R as terms [slot]. */
export function addRegulation({ program, problem }: Stage, held: HeldDevices): Term[][] {
  const service = problem.services?.regulation;
  if (!service) return perSlot(problem, () => []);
  return perSlot(problem, (slot) => {
    const terms = [...held.gas, ...held.storage, ...held.evs].flatMap(({ regulation }) => termAt(regulation, slot));
    if (terms.length > 0)
      program.addRow({
        name: regulationName('most the market takes', slot),
        lower: -Infinity,
        upper: service.mostKw[slot]!,
        terms,
      });
    return terms;
  });
}
