/** What a plan is worth by each objective, and what each sacrifices: where those numbers come from. */
import type { ObjectiveComparisonPayload, ObjectiveKindPayload } from '../../../../src-main/contract/objectives.ts';
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import {
  objectiveMeaning,
  objectiveNames,
  objectiveUnit,
  objectiveWishWords,
} from '../../../components/objective-words.ts';
import { planFacts, type Sources } from './plan-sources.ts';

export function explainPlanObjectives(plan: PlanPayload, sources: Sources): Explanation {
  const { wish, values, steps, quadratic, acLossKwh } = plan.objectives;
  return {
    title: 'What the plan is worth by each objective',
    rule: 'Each objective evaluated on the stored schedule, whatever the plan was made for.',
    facts: [
      { what: 'Made for', words: objectiveWishWords(wish) },
      ...values.map(({ objective, value }) => ({
        what: objectiveNames[objective],
        words: `${formatQuantity(value, objectiveUnit(objective, plan.currency))}. ${objectiveMeaning[objective]}`,
      })),
      ...steps.flatMap(({ objective, atBest }) =>
        typeof atBest === 'number' ? [boundFact(objective, atBest, plan.currency)] : [],
      ),
      ...(quadratic
        ? [
            {
              what: 'Quadratic generation cost',
              words: `${formatQuantity(quadratic.exact, plan.currency)}; chords lie at most ${formatQuantity(quadratic.mostAbove, plan.currency, 3)} above it`,
            },
          ]
        : []),
      ...(acLossKwh === null ? [] : [{ what: 'Losses of the AC flow', words: formatQuantity(acLossKwh, 'kWh') }]),
      ...planFacts(plan),
    ],
    onward: [sources.schedule(plan, null)],
  };
}

const boundFact = (objective: ObjectiveKindPayload, atBest: number, currency: string) => ({
  what: `${objectiveNames[objective]}, proven`,
  words: `no plan has ${objective === 'renewables' ? 'more' : 'less'} than ${formatQuantity(atBest, objectiveUnit(objective, currency))}: the bound of the solver when time ran out`,
});

export function explainPayoff(
  { day, currency, kinds, lines }: ObjectiveComparisonPayload,
  sources: Sources,
): Explanation {
  return {
    title: 'What each objective sacrifices',
    rule: 'For each objective the cheapest plan that is best in it was solved, and evaluated by every other; what is sacrificed is its value less the best of that objective. Nothing of it is stored.',
    facts: [
      { what: 'Day', words: day },
      ...lines
        .filter(({ atBest }) => Number.isFinite(atBest))
        .map(({ objective, atBest }) => boundFact(objective, atBest, currency)),
    ],
    table: {
      caption: 'Every plan by every objective',
      columns: [
        { id: 'plan', label: 'Plan with the best', value: (row) => row['plan'] ?? '' },
        ...kinds.map((kind) => ({
          id: kind,
          label: objectiveNames[kind],
          unit: objectiveUnit(kind, currency),
          numeric: true,
          value: (row: ExplainedRow) => row[kind] ?? null,
        })),
      ],
      rows: lines.map(({ objective, values }): ExplainedRow => ({
        key: objective,
        plan: objectiveNames[objective],
        ...Object.fromEntries(kinds.map((kind, at) => [kind, values[at] ?? null])),
      })),
    },
    onward: [sources.set, sources.site],
  };
}
