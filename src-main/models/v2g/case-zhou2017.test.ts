import { describe, expect, it } from 'vitest';
import { zhou2017Problem } from './case-zhou2017.ts';

describe('the reference case', () => {
  const problem = zhou2017Problem();
  const energyMwh = (kw: number[]) => kw.reduce((a, b) => a + b, 0) * problem.slotHours * 1e-3;
  it('has the energies and the peak it is documented with', () => {
    expect(energyMwh(problem.loadKw)).toBeCloseTo(9.07, 2);
    expect(Math.max(...problem.loadKw)).toBeCloseTo(828.7, 1);
    expect(problem.loadKw.indexOf(Math.max(...problem.loadKw))).toBe(16);
    const wind = problem.wind.map((park) => energyMwh(park.availableKw));
    expect(wind.reduce((a, b) => a + b)).toBeCloseTo(6.51, 2);
    expect(wind[0]! / wind[3]!).toBeCloseTo(27 / 23, 9);
    const need = problem.evs.reduce((sum, ev) => sum + (ev.requiredKwh - ev.initialKwh), 0);
    expect(need / 1000).toBeCloseTo(2.07, 2);
  });
  it('charges exactly the need without coordination', () => {
    expect(problem.evs).toHaveLength(100);
    const charged = problem.uncoordinatedKw.reduce((sum, demand) => sum + energyMwh(demand), 0);
    const need = problem.evs.reduce((sum, ev) => sum + (ev.requiredKwh - ev.initialKwh) / ev.efficiency, 0);
    expect(charged).toBeCloseTo(need / 1000, 9);
    expect(problem.uncertainty.components).toHaveLength(6);
  });
});
