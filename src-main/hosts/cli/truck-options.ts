/** Options that say which trucks a day is planned with. */
import type { TruckWishPayload } from '../../contract/plan-trucks.ts';
import { choiceOption, textOption, wrongUsage, type CommandOption, type OptionValues } from './command.ts';

export const truckOptionsHelp: Readonly<Record<string, CommandOption>> = {
  trucks: {
    type: 'string',
    value: 'none|owned|rented|PLAN',
    help: 'Trucks of the day: none, the operator’s own routed with it, or rented from the plan of trucks approved for the day, or from PLAN; as mobile storage is defined unless said otherwise.',
  },
  'truck-dispatch': {
    type: 'string',
    value: 'given|free',
    help: 'Rented trucks as their owner’s plan has them, or free within each stay; given unless said otherwise.',
  },
};

/** @throws Refusal `usage` */
export function truckOptionsOf(values: OptionValues): { trucks?: TruckWishPayload } {
  const dispatch = choiceOption(values, 'truck-dispatch', ['given', 'free']);
  const asked = values['trucks'] === undefined ? undefined : textOption(values, 'trucks');
  const rents = asked !== undefined && asked !== 'none' && asked !== 'owned';
  if (dispatch !== undefined && !rents)
    throw wrongUsage('--truck-dispatch goes with --trucks rented, or a plan of trucks.');
  if (asked === undefined) return {};
  if (asked === 'none' || asked === 'owned') return { trucks: { mode: asked } };
  const planId = asked === 'rented' ? null : asked;
  return { trucks: { mode: 'rented', planId, dispatch: dispatch ?? 'given' } };
}
