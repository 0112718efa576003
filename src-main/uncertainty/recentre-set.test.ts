import { describe, expect, it } from 'vitest';
import { componentOf, residualDays } from './fixtures/residuals.ts';
import { fitSet, type SetWish } from './fit-set.ts';
import { mismatch, recentreSet } from './recentre-set.ts';

const law = {
  days: 60,
  slots: 24,
  errorAt: ({ day, slot }: { day: number; slot: number }, level: number) => 0.1 * level * (0.9 * day + 0.4 * slot),
  levelAt: (random: { uniform(): number }) => 20 + 180 * random.uniform(),
};
const days = residualDays(5, law);
const wish = (shape: SetWish['shape']): SetWish => ({ method: 'conformal', shape, nominal: 0.9, windowDays: 60 });
const source = { setId: 'set-1', name: 'Winter', day: '2023-03-01' };

describe('recentreSet', () => {
  it('by level: gives the widths a fit of the same errors would give at the new forecast', () => {
    const frozen = fitSet([componentOf(days, 60)], wish('level'));
    const moved = recentreSet(frozen, [componentOf(days, 150)], source);
    const fitted = fitSet([componentOf(days, 150)], wish('level'));
    expect(moved.components[0]!.centreKw).toEqual(fitted.components[0]!.centreKw);
    moved.components[0]!.halfWidthKw.forEach((kw, slot) =>
      expect(kw).toBeCloseTo(fitted.components[0]!.halfWidthKw[slot]!, 9),
    );
    moved.components[0]!.bands.forEach((band, index) =>
      expect(band.upperKw[7]).toBeCloseTo(fitted.components[0]!.bands[index]!.upperKw[7]!, 9),
    );
    expect(moved.components[0]!.meanWidthKw).toBeGreaterThan(1.5 * frozen.components[0]!.meanWidthKw);
    expect(moved.frozen).toEqual(source);
  });

  it('per slot: keeps every width, whatever the forecast; evidence and errors stay', () => {
    const frozen = fitSet([componentOf(days, 60)], wish('per-slot'));
    const moved = recentreSet(frozen, [componentOf(days, 150)], source);
    const { halfWidthKw, coverage, heldOut, residuals } = frozen.components[0]!;
    expect(moved.components[0]).toMatchObject({ halfWidthKw, coverage, heldOut, residuals });
    expect(moved.budgetCoverage).toEqual(frozen.budgetCoverage);
  });

  it('doubles the width where the new forecast rests on replaced values', () => {
    const frozen = fitSet([componentOf(days, 60)], wish('per-slot'));
    const [moved] = recentreSet(frozen, [{ ...componentOf(days, 60), doubtfulSlots: [3] }], source).components;
    const before = frozen.components[0]!.halfWidthKw;
    expect(moved!.halfWidthKw[3]).toBeCloseTo(2 * before[3]!, 9);
    expect(moved!.halfWidthKw[4]).toBe(before[4]);
    expect(moved!.widening[3]).toBe(2);
  });

  it('refuses other components, another number of slots, and widths by level of which the law is not known', () => {
    const frozen = fitSet([componentOf(days, 60)], wish('level'));
    const load = componentOf(days, 60);
    const refusal = (centres: (typeof load)[]) => () => recentreSet(frozen, centres, source);
    expect(refusal([load, { ...load, id: 'depot', name: 'Depot', kind: 'aggregator' }])).toThrow(
      /"Winter" cannot be used here: it knows nothing of "Depot"/,
    );
    expect(refusal([])).toThrow(/learnt with "Load", which the site no longer has/);
    expect(refusal([{ ...load, centreKw: new Float64Array(23) }])).toThrow(/24 slots and the day 23.*clock changes/);
    const old = { ...frozen, components: frozen.components.map((one) => ({ ...one, levelLaw: undefined })) };
    expect(() => recentreSet(old, [load], source)).toThrow(/was not kept/);
    expect(mismatch(frozen, [load])).toBeNull();
  });
});
