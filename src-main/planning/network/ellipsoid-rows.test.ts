import { describe, expect, it } from 'vitest';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { SecondOrderCone } from '../../program/cone.ts';
import type { LinearProgram } from '../../program/program.ts';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { setAdversary } from '../../robust/sets/set-adversary.ts';
import type { EllipsoidSet } from '../../uncertainty/day-set.ts';
import { slotSlice } from '../../uncertainty/slot-slice.ts';
import { dropsPerMw } from '../../verify/linear-flow.ts';
import { orderFeeder } from '../../verify/order-feeder.ts';
import { answerBuses, deviationsPerKw, weigh } from '../../verify/worst-deviations.ts';
import { limited } from './fixtures/limited-day.ts';
import { randomDay } from './fixtures/random-day.ts';

/** A day with limits that bind, load and cars of one aggregator within an ellipsoid. */
async function ellipsoidDay(seed: number, recourse: V2gProblem['recourse']): Promise<V2gProblem> {
  const whole = randomDay(seed, 'ellipsoid', { model: 'lindistflow', recourse });
  const components = whole.uncertainty.components.filter(({ kind }) => kind !== 'wind');
  const [load, cars] = components.map(({ halfWidthKw }) => halfWidthKw) as [number[], number[]];
  const set: EllipsoidSet = {
    kind: 'ellipsoid',
    centre: [...load, ...cars].map((width) => 0.05 * width),
    factors: [
      [...load, ...cars].map((width) => 0.5 * width),
      [...load, ...cars.map((width) => -width)].map((width) => 0.3 * width),
    ],
    spread: [...load, ...cars].map((width) => 0.3 * width),
    radius: 1.3,
  };
  return limited({ ...whole, uncertainty: { components, protection: 2, set } });
}

const ellipsoidOf = ({ uncertainty }: V2gProblem): EllipsoidSet => uncertainty.set as EllipsoidSet;
const objectiveOf = async (problem: V2gProblem): Promise<number> =>
  (await optimum(buildV2g(problem).program)).objective;

/** A polytope with corners at evenly spaced points of each slot's ellipse: within it, or around it where they are moved out. */
function polyhedral(problem: V2gProblem, corners: number, where: 'inner' | 'outer'): V2gProblem {
  const { centre, factors, spread, radius } = ellipsoidOf(problem);
  const { slots } = problem;
  const points = Array.from({ length: slots }, (_, slot) => {
    const [i, j] = [slot, slots + slot];
    const covariance = (a: number, b: number): number =>
      factors.reduce((sum, factor) => sum + factor[a]! * factor[b]!, a === b ? spread[a]! ** 2 : 0);
    // Cholesky: the ellipse is the centre + radius · (l u, m u + n w) for u, w on the unit circle.
    const l = Math.sqrt(covariance(i, i));
    const m = covariance(i, j) / l;
    const n = Math.sqrt(covariance(j, j) - m * m);
    return Array.from({ length: corners }, (__, k) => {
      const angle = (2 * Math.PI * k) / corners;
      const [u, w] = [Math.cos(angle), Math.sin(angle)];
      return centre.with(i, centre[i]! + radius * l * u).with(j, centre[j]! + radius * (m * u + n * w));
    });
  }).flat();
  const scale = where === 'inner' ? 1 : 1 / Math.cos(Math.PI / corners);
  return { ...problem, uncertainty: { ...problem.uncertainty, set: { kind: 'support', centre, points, scale } } };
}

/**
 * The same program that knows nothing of what deviations do to its network, until an adversary shows it: the bus whose voltage they lower most, and the
 * line flow they lengthen most, each time at a single realisation and one bus that answers.
 */
async function byCuts(problem: V2gProblem): Promise<{ objective: number; cuts: number }> {
  const { network, slots } = problem;
  const { feeder } = network!;
  const tree = orderFeeder(feeder);
  const program: LinearProgram = buildV2g(problem).program;
  const column = (what: string, bus: number, slot: number): number =>
    program.columnNames.findIndex((name) => name.includes(`bus ${tree.buses[bus]!}: ${what}`) && name.endsWith(`slot ${slot}`)); // prettier-ignore
  const slices = Array.from({ length: slots }, (_, slot) => slotSlice(ellipsoidOf(problem), slots, slot));
  const moves = slices.map((_, slot) => deviationsPerKw(problem, network!, tree.buses, slot));
  const answers = slices.map((_, slot) => [null, ...answerBuses(problem, network!, tree.buses, slot)]);
  /** Most that the deviations of a slot add to an effect, and the realisation. */
  const worst = (slot: number, active: readonly number[], reactive: readonly number[]) =>
    answers[slot]!.map((answer) => {
      const back = answer === null ? 0 : active[answer]! / 1000;
      const own = moves[slot]!.map((move) => weigh(active, move.pMw) + weigh(reactive, move.qMvar) - back);
      const deviation = setAdversary(slices[slot]!, own);
      return { answer, deviation, value: own.reduce((sum, value, l) => sum + value * deviation[l]!, 0) };
    }).reduce((a, b) => (b.value > a.value ? b : a));
  const lower = program.columnLower.slice();
  const upper = program.columnUpper.slice();
  for (let slot = 0; slot < slots; slot++)
    for (let bus = 1; bus < tree.buses.length; bus++) {
      lower[column('squared voltage', bus, slot)] = tree.voltageMinPu[bus]! ** 2;
      upper[column('squared voltage', bus, slot)] = tree.voltageMaxPu[bus]! ** 2;
    }
  const isLine = ({ name }: { name: string }): boolean => name.includes('line limit');
  const shifts = program.cones.map((): [number, number][] => [[0, 0]]);
  let cuts = 0;
  for (let round = 0; round < 60; round++) {
    const cones = program.cones.map((cone, k) => (isLine(cone) ? { ...(cone as SecondOrderCone), shifts: shifts[k]! } : cone)); // prettier-ignore
    const { objective, columns } = await optimum({ ...program, columnLower: lower, columnUpper: upper, cones });
    const before = cuts;
    for (let slot = 0; slot < slots; slot++) {
      for (let bus = 1; bus < tree.buses.length; bus++) {
        const { active, reactive } = dropsPerMw(tree)(bus);
        const own = column('squared voltage', bus, slot);
        const least = tree.voltageMinPu[bus]! ** 2 + worst(slot, active, reactive).value;
        if (columns[own]! >= least - 1e-8) continue;
        lower[own] = least;
        cuts++;
      }
      // The line that all hang on: one cone for each slot.
      const behind = tree.buses.map((_, bus) => (bus === 0 ? 0 : 1));
      const z = [columns[column('active flow', 1, slot)]!, columns[column('reactive flow', 1, slot)]!] as const;
      let longest = { size: 0, shift: [0, 0] as [number, number] };
      for (let k = 0; k < 720; k++) {
        const [c, s] = [Math.cos((k * Math.PI) / 360), Math.sin((k * Math.PI) / 360)];
        const found = worst(slot, behind.map((one) => c * one), behind.map((one) => s * one)); // prettier-ignore
        const at = (of: 'pMw' | 'qMvar'): number =>
          moves[slot]!.reduce((sum, move, l) => sum + found.deviation[l]! * weigh(behind, move[of]), 0);
        const back = found.answer === null ? 0 : found.deviation.reduce((sum, kw) => sum + kw, 0) / 1000;
        const shift: [number, number] = [at('pMw') - back, at('qMvar')];
        const size = Math.hypot(z[0] + shift[0], z[1] + shift[1]);
        if (size > longest.size) longest = { size, shift };
      }
      if (longest.size <= feeder.branches[0]!.limitMva! + 1e-5) continue;
      const cone = program.cones.findIndex((one) => isLine(one) && one.name.endsWith(`slot ${slot}`));
      shifts[cone]!.push(longest.shift);
      cuts++;
    }
    if (cuts === before) return { objective, cuts };
  }
  throw new Error('the adversary finds ever more');
}

describe('voltage and line rows under an ellipsoid', () => {
  it.each([1, 2, 3])('cost the same by inner and by outer polyhedra, to 1e-4: seed %i', async (seed) => {
    const problem = await ellipsoidDay(seed, 0);
    const exact = await objectiveOf(problem);
    const [inner, outer] = await Promise.all([
      objectiveOf(polyhedral(problem, 180, 'inner')),
      objectiveOf(polyhedral(problem, 180, 'outer')),
    ]);
    expect(inner).toBeLessThanOrEqual(exact * (1 + 1e-6));
    expect(outer).toBeGreaterThanOrEqual(exact * (1 - 1e-4));
    expect(outer / inner - 1).toBeLessThan(1e-4);
    expect(Math.abs(exact / inner - 1)).toBeLessThan(1e-4);
    // It matters what is protected.
    const none = { ...problem, uncertainty: { ...problem.uncertainty, set: { ...ellipsoidOf(problem), radius: 0 } } };
    expect(exact / (await objectiveOf(none)) - 1).toBeGreaterThan(0.01);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 'optimal'],
    [4, 'optimal'],
  ] as const)('cost the same by cuts of an adversary, to 1e-4: seed %i, recourse %s', async (seed, recourse) => {
    const problem = await ellipsoidDay(seed, recourse);
    const { objective, cuts } = await byCuts(problem);
    expect(cuts).toBeGreaterThan(0);
    const exact = await objectiveOf(problem);
    expect(Math.abs(exact / objective - 1)).toBeLessThan(1e-4);
    expect(exact).toBeGreaterThan(objective * (1 - 1e-6));
  });
});
