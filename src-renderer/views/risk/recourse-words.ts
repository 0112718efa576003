import type { RecourseComparisonPayload } from '../../../src-main/contract/comparisons.ts';
import type { PlanOptionsPayload, RecourseKind } from '../../../src-main/contract/plan.ts';
import { kindNames } from '../../components/kind-names.ts';

export type RecourseStep = RecourseComparisonPayload['steps'][number];

export const recourseNames: Record<RecourseKind, string> = {
  static: 'Static',
  affine: 'Shares, EV pool',
  'per-resource': 'Shares by resource',
  full: 'Full',
};

export const recourseMeaning: Record<RecourseKind, string> = {
  static: 'Committed supply covers every deviation beforehand.',
  affine: 'The EV pool takes a decided share of each deviation; committed supply covers the rest.',
  'per-resource':
    'The EV pool and every gas and storage unit take a decided share of their own; fuel is paid for the worst day only.',
  full: 'Units are on as is best where all else is decided once the day is known; on the day every resource answers by its share.',
};

/** The rule a plan is made by for a step of the comparison. */
export const kindOf = ({ recourse }: RecourseStep): RecourseKind => (recourse === 'adaptive' ? 'full' : recourse);

/** What a step costs less than the first one; null where either is not known. */
export function savedBy(step: RecourseStep, first: RecourseStep | undefined): number | null {
  const saved = (first?.upper ?? NaN) - step.upper;
  return Number.isFinite(saved) ? saved : null;
}

/** What a comparison was made under: "budget α 4, 126 days learnt from". */
export function wishWords({
  set,
  protection,
  size,
  slotProtection,
  fit,
  coefficients,
}: Omit<PlanOptionsPayload, 'recourse'>): string {
  return [
    set === 'budget'
      ? `${kindNames[set]} α ${protection}${slotProtection === undefined ? '' : ` in ${slotProtection} slots`}`
      : `${kindNames[set]}${size === undefined ? '' : `, size ${size}`}`,
    `${fit.windowDays} days learnt from`,
    ...(coefficients === 'trusted' ? ['output and efficiency trusted'] : []),
  ].join(', ');
}
