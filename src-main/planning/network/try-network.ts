/** A finished plan on its network as it would be with other settings: the schedule stays, and AC flows say what would come of it. */
import { Refusal } from '../../base/errors.ts';
import { feederTree } from '../../models/feeder/feeder-tree.ts';
import type { PlanRecord } from '../ports.ts';
import type { NetworkChanges } from '../site.ts';
import { withChanges } from './change-feeder.ts';
import { feederOf } from './feeder-of.ts';
import type { FeederRecord } from './network-ports.ts';

export interface NetworkTrial {
  voltageMinPu?: number | undefined;
  /** In place of those the plan was made with; absent: those stay. */
  changes?: NetworkChanges | undefined;
}

/**
 * @param record the stored feeder of the plan; null: limits of branches that the plan changed stay as they are.
 * @throws Refusal `not-found` for a plan without a network; `bad-site` or `bad-feeder` for settings that cannot be.
 */
export function tryNetwork(plan: PlanRecord, record: FeederRecord | null, trial: NetworkTrial): PlanRecord {
  const { network } = plan.problem;
  if (!network) throw new Refusal('not-found', { what: 'network of plan', id: plan.id });
  const voltageMinPu = trial.voltageMinPu ?? network.feeder.voltageMinPu;
  const { voltageMaxPu, busLimits: _limits, capacitors: _capacitors, ...rest } = network.feeder;
  const plain = record ? feederOf(record, { voltageMinPu, voltageMaxPu }) : { ...rest, voltageMinPu, voltageMaxPu };
  const feeder = trial.changes ? withChanges(plain, trial.changes) : { ...network.feeder, voltageMinPu };
  feederTree(feeder);
  return { ...plan, problem: { ...plan.problem, network: { ...network, feeder } } };
}
