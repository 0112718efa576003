/** The hash that makes a stored plan tamper-evident: of its content in one canonical text. */
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Hasher, PlanRecord } from '../ports.ts';

export type PlanContent = Pick<
  PlanRecord,
  'id' | 'day' | 'outcome' | 'problem' | 'schedule' | 'check' | 'baseline' | 'provenance'
>;

export function planContentHash(content: PlanContent, hash: Hasher): string {
  const { id, day, outcome, problem, schedule, check, baseline, provenance } = content;
  return hash(canonicalJson({ id, day, outcome, problem, schedule, check, baseline, provenance }));
}
