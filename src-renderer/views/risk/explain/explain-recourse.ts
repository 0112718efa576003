/** What the numbers of recourse were computed from: the steps compared, who answers, and what full recourse proves. */
import type { RecourseComparisonPayload } from '../../../../src-main/contract/comparisons.ts';
import type { PlanPayload, RecourseRoundPayload } from '../../../../src-main/contract/plan.ts';
import type { ExplainedRow, Explanation } from '../../../components/explanation.ts';
import { formatQuantity } from '../../../components/format-number.ts';
import { kindOf, recourseMeaning, recourseNames, savedBy, type RecourseStep } from '../recourse-words.ts';
import { planFacts, type Sources } from './plan-sources.ts';

/** One number of a step. `wish`: what the steps were compared under, in words. */
export function explainStep(
  { day, currency, steps }: RecourseComparisonPayload,
  step: RecourseStep,
  what: 'upper' | 'lower' | 'saves' | 'seconds',
  wish: string,
  sources: Sources,
): Explanation {
  const first = steps[0];
  const rules = {
    upper:
      'The worst-case cost of the plan found, with the tie-break on energy moved through cars that is minimised with it; under full recourse what its on/off decisions cost at worst to someone who knows the day.',
    lower: 'No decision under this rule costs less: the bound of the search, and under full recourse of its rounds.',
    saves: `The worst-case cost under ${recourseNames[first ? kindOf(first) : 'static'].toLowerCase()} recourse less this one.`,
    seconds: 'Time in the solver alone, fitting and building left out; under full recourse of all rounds.',
  };
  return {
    title: `${recourseNames[kindOf(step)]}, ${{ upper: 'worst-case cost', lower: 'proven least', saves: 'what it saves', seconds: 'time taken' }[what]}`,
    rule: `${rules[what]} The same day, set and prices were solved under every rule. ${recourseMeaning[kindOf(step)]}`,
    facts: [
      { what: 'Day', words: day },
      { what: 'Compared under', words: wish },
      { what: 'Rounds', words: formatQuantity(step.rounds, '', 'count') },
      ...(step.problem === '' ? [] : [{ what: 'Problem', words: step.problem }]),
    ],
    table: {
      caption: 'The steps',
      columns: [
        { id: 'name', label: 'Recourse', value: (row) => row['name'] ?? '' },
        {
          id: 'upper',
          label: 'Worst case',
          unit: currency,
          numeric: true,
          digits: 'cents',
          value: (row) => row['upper'] ?? null,
        },
        {
          id: 'lower',
          label: 'Proven',
          unit: currency,
          numeric: true,
          digits: 'cents',
          value: (row) => row['lower'] ?? null,
        },
        { id: 'saves', label: 'Saves', unit: currency, numeric: true, digits: 3, value: (row) => row['saves'] ?? null },
      ],
      rows: steps.map((one): ExplainedRow => ({
        key: one.recourse,
        name: recourseNames[kindOf(one)],
        upper: Number.isFinite(one.upper) ? one.upper : null,
        lower: Number.isFinite(one.lower) ? one.lower : null,
        saves: savedBy(one, first),
      })),
    },
    onward: [sources.set, sources.site],
  };
}

type FullRecourse = NonNullable<PlanPayload['recourse']['full']>;
type Answerer = PlanPayload['recourse']['answerers'][number];

export function explainAnswerer(plan: PlanPayload, answerer: Answerer, sources: Sources): Explanation {
  const { name, share, answerKw } = answerer;
  const most = answerKw.indexOf(Math.max(...answerKw));
  return {
    title: `${name}, of all deviations`,
    rule: 'Its decided share of the total deviation times the worst total deviation of every slot, added up over the day and divided by the sum of those worst deviations; “at most” is the largest of the slots.',
    facts: [
      { what: 'Share', words: formatQuantity(100 * share, '%', 3) },
      { what: 'At most', words: `${formatQuantity(answerKw[most], 'kW', 3)} at ${plan.horizon.labels[most] ?? '–'}` },
      { what: 'Recourse', words: recourseNames[plan.recourse.kind] },
      ...planFacts(plan),
    ],
    table: {
      caption: 'Slot by slot',
      columns: [
        { id: 'at', label: 'Slot', value: (row) => row['at'] ?? '' },
        { id: 'worst', label: 'Worst deviation', unit: 'kW', numeric: true, value: (row) => row['worst'] ?? null },
        { id: 'answers', label: 'It answers', unit: 'kW', numeric: true, value: (row) => row['answers'] ?? null },
      ],
      rows: plan.horizon.labels.map((at, slot): ExplainedRow => ({
        key: String(slot),
        at,
        worst: plan.worstDeviationKw[slot] ?? null,
        answers: answerKw[slot] ?? null,
      })),
    },
    onward: [sources.schedule(plan, most), sources.set],
  };
}

/** The bounds of a plan that is being made. */
export function explainBounds(rounds: readonly RecourseRoundPayload[], currency: string): Explanation {
  const last = rounds.at(-1);
  const money = (value: number | null | undefined): string => formatQuantity(value, currency, 'cents');
  return {
    title: 'Bounds of full recourse so far',
    rule: `${boundsRule} It is still going on: what stands here holds already, and the next round can only bring the bounds nearer.`,
    facts: [
      { what: 'At least', words: money(last?.lower) },
      { what: 'At most', words: money(last?.upper) },
      { what: 'Worst day found', words: money(last?.found) },
      { what: 'Days known', words: formatQuantity(last?.days, '', 'count') },
    ],
    onward: [],
  };
}

const boundsRule =
  'Column and constraint generation: on/off decisions against the worst days found so far bound the cost of every rule from below, a proof over every day of the set for those decisions bounds it from above, round by round. It begins from the plan in which the EV pool alone takes shares.';

export function explainFullRecourse(plan: PlanPayload, sources: Sources): Explanation {
  const full = plan.recourse.full!;
  return {
    title: 'Distance from full recourse',
    rule: `${boundsRule} The cheaper of that plan and of shares with the new decisions is the plan. Costs are those that are minimised: the worst-case cost with its tie-break on energy moved through cars.`,
    facts: [
      { what: 'No rule costs less than', words: formatQuantity(full.lower, plan.currency, 'cents') },
      { what: 'Its decisions at most', words: formatQuantity(full.upper, plan.currency, 'cents') },
      ...(full.worst ? [{ what: 'Worst day found', words: dayWords(plan, full.worst) }] : []),
      { what: 'The plan by shares', words: formatQuantity(full.plan, plan.currency, 'cents') },
      ...(full.affine === null
        ? []
        : [{ what: 'Shares of the EV pool alone', words: formatQuantity(full.affine, plan.currency, 'cents') }]),
      {
        what: 'Rounds',
        words: `${formatQuantity(full.rounds, '', 'count')} in ${formatQuantity(full.seconds, 's', 3)}`,
      },
      ...planFacts(plan),
    ],
    onward: [sources.schedule(plan, null)],
  };
}

/** What the day costs whoever knows it, and when it deviates most. */
function dayWords(
  { currency, horizon }: PlanPayload,
  { deviationKw, cost }: NonNullable<FullRecourse['worst']>,
): string {
  const most = deviationKw.indexOf(Math.max(...deviationKw));
  const count = deviationKw.reduce((slots, kw) => (Math.abs(kw) > 1e-6 ? slots + 1 : slots), 0);
  return `${formatQuantity(cost, currency, 'cents')}, ${formatQuantity(count, 'slots', 'count')} off, most of all ${formatQuantity(deviationKw[most], 'kW', 3, 'signed')} at ${horizon.labels[most] ?? '–'}`;
}
