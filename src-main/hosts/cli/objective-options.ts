/** What a plan is made for: an order of objectives, or weights. */
import { objectiveKind, type ObjectiveKindPayload, type ObjectiveWishPayload } from '../../contract/objectives.ts';
import { textOption, wrongUsage, type CommandOption, type OptionValues } from './command.ts';

const kinds = objectiveKind.options;

export const objectiveOptionsHelp: Readonly<Record<string, CommandOption>> = {
  objective: {
    type: 'string',
    value: 'NAME[,NAME:SHARE%…]',
    help: `What the plan is made for, in order: ${kinds.join(', ')}. "cost,deviation:2%" is the least cost first, then the least deviation that costs at most 2 % more. The cost alone unless said otherwise.`,
  },
  weights: {
    type: 'string',
    value: 'NAME=WEIGHT,…',
    help: 'Or a weighted sum, each objective measured from its best to the worst another makes of it: "cost=1,loss=0.5".',
  },
};

/** Nothing when neither is given. @throws Refusal `usage` on what cannot be read */
export function objectiveOptionsOf(values: OptionValues): { objectives?: ObjectiveWishPayload } {
  const { objective, weights } = values;
  if (objective !== undefined && weights !== undefined)
    throw wrongUsage('--objective and --weights exclude each other.');
  if (objective !== undefined)
    return { objectives: { rule: 'lexicographic', order: orderOf(textOption(values, 'objective')) } };
  if (weights !== undefined)
    return { objectives: { rule: 'weighted', weights: weightsOf(textOption(values, 'weights')) } };
  return {};
}

function orderOf(text: string): { objective: ObjectiveKindPayload; tolerance: number }[] {
  const order = text.split(',').map((part, at) => {
    const found = /^\s*([a-z]+)\s*(?::\s*([\d.]+)\s*%)?\s*$/.exec(part);
    if (!found) throw wrongUsage(`--objective takes names such as "cost,deviation:2%", not "${part}".`);
    const [, name = '', share] = found;
    if (at === 0 && share !== undefined)
      throw wrongUsage(
        'The share in --objective is what the objectives before may give way; the first has none before.',
      );
    const tolerance = share === undefined ? 0 : Number(share) / 100;
    if (!(tolerance >= 0 && tolerance <= 1))
      throw wrongUsage(`--objective takes shares from 0 % to 100 %, not "${share}%".`);
    return { objective: kindOf('objective', name), tolerance };
  });
  return distinct('objective', order);
}

function weightsOf(text: string): { objective: ObjectiveKindPayload; weight: number }[] {
  const weights = text.split(',').map((part) => {
    const [name = '', value = '', ...rest] = part.split('=').map((each) => each.trim());
    const weight = value === '' ? NaN : Number(value);
    if (rest.length > 0 || !(weight >= 0 && Number.isFinite(weight)))
      throw wrongUsage(`--weights takes names and numbers from 0 on such as "cost=1,loss=0.5", not "${part}".`);
    return { objective: kindOf('weights', name), weight };
  });
  if (weights.every(({ weight }) => weight === 0)) throw wrongUsage('--weights needs one that is above 0.');
  return distinct('weights', weights);
}

function kindOf(option: string, name: string): ObjectiveKindPayload {
  const found = kinds.find((kind) => kind === name);
  if (!found) throw wrongUsage(`--${option} knows ${kinds.join(', ')}, not "${name}".`);
  return found;
}

function distinct<Item extends { objective: ObjectiveKindPayload }>(option: string, items: Item[]): Item[] {
  const twice = items.find(({ objective }, at) => items.findIndex((one) => one.objective === objective) !== at);
  if (twice) throw wrongUsage(`--${option} names "${twice.objective}" twice.`);
  return items;
}
