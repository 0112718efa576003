/**
 * Interval and budget sets as day sets, with their evidence in the same terms as the others: what earlier intervals had promised for a
 * held-out day, put together by the rule of the kind, against the total deviation of that day.
 */
import { evidenceOf, heldOutPromises, verdictOf, type JudgedDay } from './measure-day-set.ts';
import { limitReach } from './limit-scores.ts';
import { totalSet } from './total-set.ts';
import type { DaySetFit, SetEvidence, SetGuarantee, UncertaintySet } from './day-set.ts';
import type { SupportFunction } from './day-fitter.ts';
import type { ComponentSet, FittedSet } from './types.ts';

export type SlotRule =
  | { kind: 'interval' }
  | {
      kind: 'budget';
      protection: number;
      slotProtection: number;
      /** Bound on the probability that one limit fails (Bertsimas and Sim 2004), at this protection. */
      failureBound: number;
    };

/** @param halfWidths P̂ of the planned day [component][slot], as the plan takes them. */
export function slotSetFit(
  set: FittedSet,
  halfWidths: readonly (readonly number[])[],
  rule: SlotRule,
  worstCase: SupportFunction,
): DaySetFit {
  const slots = halfWidths[0]!.length;
  const build = (widths: readonly (readonly number[])[]): UncertaintySet =>
    rule.kind === 'interval'
      ? { kind: 'interval', halfWidths: widths.flat() }
      : {
          kind: 'budget',
          slots,
          halfWidths: widths.flat(),
          protection: rule.protection,
          slotProtection: Math.min(slots, rule.slotProtection),
        };
  const judged = judgedDays(set.components, slots).map(({ day, total, promised }): JudgedDay => {
    const reach = limitReach(totalSet(build(promised), slots), slots, worstCase);
    return { day, total, reach };
  });
  const guarantee = guaranteeOf(set, rule);
  const measured = evidenceOf(guarantee, judged, slots);
  return {
    kind: rule.kind,
    set: build(halfWidths),
    size:
      rule.kind === 'interval'
        ? { name: 'nominal coverage', value: set.nominal }
        : { name: 'protection', value: rule.protection },
    facts: factsOf(set, rule, slots),
    evidence: rule.kind === 'interval' ? { ...measured, verdict: intervalVerdict(set, guarantee) } : measured,
    heldOut: heldOutPromises(judged),
  };
}

function guaranteeOf(set: FittedSet, rule: SlotRule): SetGuarantee {
  if (rule.kind === 'budget')
    return {
      event: 'limit',
      probability: 1 - rule.failureBound,
      source: 'Bertsimas and Sim',
      assumes: 'Components are independent and symmetric, and never leave their intervals.',
    };
  return {
    event: 'interval',
    probability: set.nominal,
    source: set.method === 'conformal' ? 'conformal' : 'prediction interval of normal errors',
    assumes:
      set.method === 'conformal'
        ? 'The day is exchangeable with the days of the window.'
        : 'Errors are normal and days independent.',
  };
}

function factsOf(set: FittedSet, rule: SlotRule, slots: number): string[] {
  const intervals = `${set.components.length} components, each slot on its own`;
  if (rule.kind === 'interval') return [intervals];
  const most = `at most ${rule.protection} of ${set.components.length} components fully at once`;
  return rule.slotProtection < slots
    ? [`${most}, in at most ${rule.slotProtection} of ${slots} slots`]
    : [most, intervals];
}

/** Every component's own verdict counts: one that breaks is enough. */
function intervalVerdict({ components }: FittedSet, guarantee: SetGuarantee): SetEvidence['verdict'] {
  const verdicts = components.map(({ coverage }) => verdictOf(guarantee, coverage.pooled, coverage.days.length));
  if (verdicts.includes('too-few')) return 'too-few';
  if (verdicts.includes('breaks')) return 'breaks';
  return verdicts.every((verdict) => verdict === 'exceeds') ? 'exceeds' : 'keeps';
}

function judgedDays(components: readonly ComponentSet[], slots: number) {
  const promises = components.map(({ heldOut }) => new Map(heldOut.map(({ day, promisedKw }) => [day, promisedKw])));
  const errors = components.map(({ residuals }) => new Map(residuals.map(({ day, errorKw }) => [day, errorKw])));
  const days = [...promises[0]!.keys()].filter((day) =>
    promises.every((own, l) => own.get(day)?.every(Number.isFinite) && errors[l]!.has(day)),
  );
  return days.map((day) => {
    const total = new Float64Array(slots);
    components.forEach(({ kind }, l) =>
      errors[l]!.get(day)!.forEach((kw, slot) => (total[slot]! += kind === 'wind' ? -kw : kw)),
    );
    return { day, total, promised: promises.map((own) => own.get(day)!) };
  });
}
