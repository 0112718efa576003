import { Refusal } from '../../../base/errors.ts';
import { createAsk, runJob, type Ask } from '../ask.ts';
import {
  exitCodes,
  choiceOption,
  numberOption,
  wrongUsage,
  type Command,
  type CommandOption,
  type OptionValues,
} from '../command.ts';
import { defaultProtection, defaultSet, defaultTimeLimitSeconds } from '../../../contract/defaults.ts';
import { recourseKind, type PlanOptionsPayload } from '../../../contract/plan.ts';
import type { PriceWishPayload } from '../../../contract/plan-prices.ts';
import { serviceWish } from '../../../contract/plan-services.ts';
import type { TruckWishPayload } from '../../../contract/plan-trucks.ts';
import { setKind } from '../../../contract/uncertainty.ts';
import { dayOf, dayOption, fitOptionsHelp, fitOptionsOf } from '../day-option.ts';
import { objectiveOptionsHelp, objectiveOptionsOf } from '../objective-options.ts';
import { networkOptionsHelp, networkOptionsOf } from '../network-options.ts';
import { priceOptionsHelp, priceOptionsOf } from '../price-options.ts';
import { truckOptionsHelp, truckOptionsOf } from '../truck-options.ts';
import { planText } from '../plan-text.ts';
import { planWhatIf } from '../what-if.ts';

export const solveOptionsHelp: Readonly<Record<string, CommandOption>> = {
  set: {
    type: 'string',
    value: 'KIND',
    help: `Kind of uncertainty set: ${setKind.options.join(', ')}; ${defaultSet} unless said otherwise.`,
  },
  size: {
    type: 'string',
    value: 'SIZE',
    help: 'Size of the set on its own scale, for every kind but budget (radius, stretch, number of days, …); the fitted one unless said otherwise.',
  },
  'slot-protection': {
    type: 'string',
    value: 'Γ',
    help: 'How many slots may deviate fully on one day (budget set); all of them unless said otherwise.',
  },
  recourse: {
    type: 'string',
    value: 'static|affine|per-resource|full',
    help: 'Who answers a deviation: supply alone, the EV pool by a decided share, every resource by its own; full: units as is best when all is known. affine unless said otherwise.',
  },
  cars: {
    type: 'string',
    value: 'trusted|doubted',
    help: 'Whether cars keep to their plan, or some come late, leave early or bring less, as fitted from the sessions; trusted unless said otherwise.',
  },
  coefficients: {
    type: 'string',
    value: 'trusted|doubted',
    help: 'Whether what the site doubts of output and efficiency is planned for; doubted unless said otherwise.',
  },
  'time-limit': {
    type: 'string',
    value: 'SECONDS',
    help: `Time the solver may take; ${defaultTimeLimitSeconds} unless said otherwise.`,
  },
};

/** What a plan is made with, besides what it is made for. */
export const planWishHelp: Readonly<Record<string, CommandOption>> = {
  ...dayOption,
  protection: {
    type: 'string',
    value: 'α',
    help: 'How many components may deviate at once; two thirds of them unless said otherwise.',
  },
  ...networkOptionsHelp,
  ...truckOptionsHelp,
  ...priceOptionsHelp,
  ...solveOptionsHelp,
  ...fitOptionsHelp,
};

export const planCommand: Command = {
  name: 'plan',
  takes: '',
  summary: 'Plan a day: fit the sets, solve, re-check, and test out of sample. The plan is stored as a draft.',
  options: {
    'based-on': {
      type: 'string',
      value: 'PLAN',
      help: 'A what-if: solve the problem of this plan again with the edits given; the plan itself stays as it is.',
    },
    edit: {
      type: 'string',
      value: 'FIELD=VALUE@FROM-TO',
      many: true,
      help: 'With --based-on, may be repeated: "gas-1.maxKw=1200@17:00-20:00", "campus.departureShare=71%", "protection=4".',
    },
    edits: { type: 'string', value: 'FILE', help: 'With --based-on: a JSON list of edits (docs/operator/what-if.md).' },
    ...objectiveOptionsHelp,
    services: {
      type: 'string',
      value: 'offered|none',
      help: 'Reserve, regulation, voltage support and peak as the site states them, or energy alone; as the site says unless said otherwise.',
    },
    ...planWishHelp,
  },
  async run(context) {
    const { values } = context;
    if (values['based-on'] !== undefined) return planWhatIf(context);
    if (values['edit'] !== undefined || values['edits'] !== undefined)
      throw wrongUsage('--edit and --edits go with --based-on PLAN.');
    const ask = await createAsk(context);
    const services = choiceOption(values, 'services', serviceWish.options);
    const options = {
      ...(await planWishOf(values, ask)),
      ...objectiveOptionsOf(values),
      ...(services === undefined ? {} : { services }),
    };
    const { planId } = (await runJob(context, 'plan.make', options)) as { planId: string };
    const plan = await ask('plan.get', { planId });
    context.output.result(plan, () => planText(plan));
    return exitCodes.done;
  },
};

/** Options of `plan` but its objectives, as the contract wants them. */
export async function planWishOf(
  values: OptionValues,
  ask: Ask,
): Promise<PlanOptionsPayload & { prices?: PriceWishPayload; trucks?: TruckWishPayload }> {
  return {
    ...(await planOptionsOf(values, ask)),
    ...priceOptionsOf(values),
    ...truckOptionsOf(values),
    ...networkOptionsOf(values),
  };
}

/** @throws Refusal `usage` when one is below 0 or above the number of components */
export function requireProtections(option: string, protections: readonly number[], components: number): void {
  const outside = protections.find((protection) => !(protection >= 0 && protection <= components));
  if (outside !== undefined)
    throw wrongUsage(`--${option} takes 0 to ${components}, the components of this site, not ${outside}.`);
}

/** Options of `plan` and `sweep` as the contract wants them. */
export async function planOptionsOf(values: OptionValues, ask: Ask): Promise<PlanOptionsPayload> {
  const day = await dayOf(values, ask);
  const { site } = await ask('desk.state', {});
  if (!site) throw new Refusal('no-site');
  const protection = numberOption(values, 'protection') ?? defaultProtection(site.components);
  requireProtections('protection', [protection], site.components);
  const set = choiceOption(values, 'set', setKind.options) ?? defaultSet;
  const size = numberOption(values, 'size');
  if (size !== undefined && (set === 'budget' || !(size >= 0)))
    throw wrongUsage(
      '--size takes a number from 0 on, and goes with every kind of set but budget, which has --protection.',
    );
  const recourse = choiceOption(values, 'recourse', recourseKind.options);
  const cars = choiceOption(values, 'cars', ['trusted', 'doubted']);
  const coefficients = choiceOption(values, 'coefficients', ['trusted', 'doubted']);
  const slotProtection = numberOption(values, 'slot-protection');
  if (slotProtection !== undefined && (set !== 'budget' || !(slotProtection >= 0)))
    throw wrongUsage('--slot-protection takes a number from 0 on, and goes with --set budget.');
  return {
    day,
    set,
    protection,
    ...(size === undefined ? {} : { size }),
    ...(slotProtection === undefined ? {} : { slotProtection }),
    ...(recourse === undefined ? {} : { recourse }),
    ...(cars === undefined ? {} : { cars }),
    ...(coefficients === undefined ? {} : { coefficients }),
    fit: fitOptionsOf(values),
    timeLimitSeconds: numberOption(values, 'time-limit') ?? defaultTimeLimitSeconds,
  };
}
