import type { FittedSet } from '../../uncertainty/types.ts';
import { percent, type Exception } from '../exception.ts';
import { judgeCoverage } from './judge-coverage.ts';

/** Sets that break their promise in one row, sets wider than needed in another: two causes, two answers. */
export function coverageExceptions(set: FittedSet): Exception[] {
  const judged = set.components.map((component) => ({ component, ...judgeCoverage(component.coverage) }));
  const broken = judged.filter(({ state }) => state === 'broken').map(({ component }) => component);
  const wider = judged.filter(({ state }) => state === 'wider').map(({ component }) => component);
  const row = (level: 1 | 3, of: typeof broken, consequence: string): Exception[] => {
    const distance = ({ coverage }: (typeof broken)[number]) => Math.abs(coverage.pooled.share - coverage.nominal);
    const [worst] = of.toSorted((a, b) => distance(b) - distance(a));
    if (!worst) return [];
    return [
      {
        level,
        code: level === 1 ? 'coverage-broken' : 'coverage-wider',
        cause: `${of.map((component) => component.name).join(', ')}: intervals meant to hold ${percent(worst.coverage.nominal)} held ${percent(worst.coverage.pooled.share)}${of.length > 1 ? ` (${worst.name})` : ''} on held-out days`,
        fromSlot: null,
        toSlot: null,
        consequence,
        action: { label: level === 1 ? 'Mend the set' : 'Look at the sets', screen: 'uncertainty' },
        count: of.length,
      },
    ];
  };
  return [
    ...row(
      1,
      broken,
      'The set does not keep its promise: the bounds of this plan do not hold. Change method or window, or raise δ, and plan again.',
    ),
    ...row(3, wider, 'The set is wider than needed; the plan pays for more safety than asked.'),
  ];
}
