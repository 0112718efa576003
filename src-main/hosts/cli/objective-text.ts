/** Objectives of a plan, and what each of a day sacrifices, in a terminal. */
import type {
  ObjectiveComparisonPayload,
  ObjectiveKindPayload,
  ObjectiveWishPayload,
} from '../../contract/objectives.ts';
import type { PlanPayload } from '../../contract/plan.ts';
import { number, percent, table } from './table.ts';

export const objectiveWords: Record<ObjectiveKindPayload, string> = {
  cost: 'cost',
  generation: 'generation cost',
  loss: 'power loss',
  deviation: 'largest deviation',
  renewables: 'renewables used',
};

export const objectiveUnit = (objective: ObjectiveKindPayload, currency: string): string =>
  ({ cost: currency, generation: currency, loss: 'kWh', deviation: 'kW', renewables: '%' })[objective];

/** "cost, then largest deviation for at most 2 %" */
export function wishText(wish: ObjectiveWishPayload | null): string {
  if (wish === null) return 'cost';
  if (wish.rule === 'weighted')
    return `weighted: ${wish.weights.map(({ objective, weight }) => `${objectiveWords[objective]} ${number(weight, 2)}`).join(', ')}`;
  return wish.order
    .map(({ objective, tolerance }, at) => {
      const share = tolerance > 0 ? ` for at most ${percent(tolerance, 1)}` : '';
      return at === 0 ? objectiveWords[objective] : `then ${objectiveWords[objective]}${share}`;
    })
    .join(', ');
}

export function objectiveFacts({ objectives, currency }: PlanPayload): (readonly [string, string])[] {
  const { wish, values, steps, quadratic, acLossKwh } = objectives;
  const shown = (objective: ObjectiveKindPayload, value: number) =>
    `${number(value, 2)} ${objectiveUnit(objective, currency)}`;
  const boundText = (objective: ObjectiveKindPayload, atBest: number | null | undefined): string =>
    typeof atBest === 'number'
      ? `, ${objective === 'renewables' ? 'at most' : 'at least'} ${shown(objective, atBest)} whatever the plan`
      : '';
  return [
    ['made for', wishText(wish)],
    ...values
      .filter(({ objective }) => objective !== 'cost')
      .map(({ objective, value }) => {
        const step = steps.find((one) => one.objective === objective);
        const limit = step?.kept ?? null;
        const kept = limit === null ? '' : `, kept to ${shown(objective, limit)}`;
        return [
          `  ${objectiveWords[objective]}`,
          `${shown(objective, value)}${kept}${boundText(objective, step?.atBest)}`,
        ] as const;
      }),
    ...(quadratic
      ? [
          [
            '  quadratic cost',
            `${shown('generation', quadratic.exact)} (chords lie above it by at most ${shown('generation', quadratic.mostAbove)})`,
          ] as const,
        ]
      : []),
    ...(acLossKwh === null ? [] : [['  AC loss', shown('loss', acLossKwh)] as const]),
  ];
}

export function comparisonText(found: ObjectiveComparisonPayload): string {
  const { day, currency, kinds, lines, missing, seconds } = found;
  const headers = [
    'plan with the best',
    ...kinds.map((kind) => `${objectiveWords[kind]} ${objectiveUnit(kind, currency)}`),
    'check',
  ];
  const rows = lines.map(({ objective, state, problem, values, passed }) => [
    objectiveWords[objective],
    ...(state === 'failed' ? kinds.map(() => '–') : values.map((value) => number(value, 2))),
    state === 'failed' ? problem : passed ? 'passed' : 'FAILED',
  ]);
  const limited = lines
    .filter(({ state }) => state === 'limited')
    .map(({ objective, problem, atBest }) => {
      const unit = objectiveUnit(objective, currency);
      const side = objective === 'renewables' ? 'at most' : 'at least';
      const bound = Number.isFinite(atBest) ? `, ${side} ${number(atBest, 2)} ${unit} whatever the plan` : '';
      return `${objectiveWords[objective]}: ${problem}${bound}.`;
    });
  return [
    `What each objective sacrifices on ${day} (${number(seconds, 1)} s):`,
    table(headers, rows),
    ...limited,
    ...missing.map(({ objective, why }) => `${objectiveWords[objective]}: ${why}.`),
  ].join('\n\n');
}
