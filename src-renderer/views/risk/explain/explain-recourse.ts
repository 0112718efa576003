/** What the numbers of recourse were computed from: the steps compared, who answers, and what full recourse proves. */
import type { RecourseComparisonPayload } from '../../../../src-main/contract/comparisons.ts';
import type { PlanPayload } from '../../../../src-main/contract/plan.ts';
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
        { id: 'upper', label: 'Worst case', unit: currency, numeric: true, value: (row) => row['upper'] ?? null },
        { id: 'lower', label: 'Proven', unit: currency, numeric: true, value: (row) => row['lower'] ?? null },
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

export function explainFullRecourse(plan: PlanPayload, sources: Sources): Explanation {
  const full = plan.recourse.full!;
  return {
    title: 'Distance from full recourse',
    rule: 'Column and constraint generation: on/off decisions against the worst days found so far bound the cost of every rule from below, the worst day for those decisions bounds it from above, round by round. The plan takes the decisions and answers by shares, so its distance from the lower bound is proven.',
    facts: [
      { what: 'No rule costs less than', words: formatQuantity(full.lower, plan.currency) },
      { what: 'Its decisions at most', words: formatQuantity(full.upper, plan.currency) },
      { what: 'The plan by shares', words: formatQuantity(plan.cost.total, plan.currency) },
      {
        what: 'Rounds',
        words: `${formatQuantity(full.rounds, '', 'count')} in ${formatQuantity(full.seconds, 's', 3)}`,
      },
      ...planFacts(plan),
    ],
    onward: [sources.schedule(plan, null)],
  };
}
