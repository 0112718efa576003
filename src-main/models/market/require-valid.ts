/** Refuses a market problem that contradicts itself, naming the field, before any value is computed from it. */
import { Refusal } from '../../base/errors.ts';
import type { Ambiguity } from '../../robust/ambiguity/ambiguity.ts';
import type { MarketProblem } from './problem.ts';

/** Largest |Σ q − 1| of a row of probabilities that is still taken as rounding. */
const sumTolerance = 1e-9;

/** @throws Refusal `case-bad` with the first contradiction found. */
export function requireValidMarket(problem: MarketProblem): void {
  const refuse = (complaint: string): never => {
    throw new Refusal('case-bad', { file: problem.name, problem: complaint });
  };
  const { slots, storage, start } = problem;
  whole('slots', slots, 1, 100_000);
  const states = problem.pricePerMwh[0]?.length ?? 0;
  if (states === 0) refuse('prices are empty');
  sized('prices', problem.pricePerMwh, slots);
  sized('transition', problem.transition, slots);
  sized('ambiguity', problem.ambiguity, slots);
  problem.pricePerMwh.forEach((prices, t) => {
    sized(`prices[${t}]`, prices, states);
    const bad = prices.find((price) => !Number.isFinite(price));
    if (bad !== undefined) refuse(`prices[${t}] holds ${bad}`);
  });
  problem.transition.forEach((rows, t) => {
    sized(`transition[${t}]`, rows, states);
    rows.forEach((row, s) => {
      sized(`transition[${t}][${s}]`, row, states);
      const bad = row.find((share) => !(share >= 0 && share <= 1));
      if (bad !== undefined) refuse(`transition[${t}][${s}] holds ${bad}; a probability lies between 0 and 1`);
      const sum = row.reduce((total, share) => total + share, 0);
      if (Math.abs(sum - 1) > sumTolerance) refuse(`transition[${t}][${s}] sums to ${sum}, not 1`);
    });
  });
  problem.ambiguity.forEach((rows, t) => {
    sized(`ambiguity[${t}]`, rows, states);
    rows.forEach((ambiguity) => validAmbiguity(ambiguity, states, refuse));
  });
  whole('energyLevels', storage.energyLevels, 1, 32_767);
  whole('maxStepsPerSlot', storage.maxStepsPerSlot, 0, storage.energyLevels);
  whole('requiredLevel', storage.requiredLevel, 0, storage.energyLevels - 1);
  whole('start.priceState', start.priceState, 0, states - 1);
  whole('start.level', start.level, 0, storage.energyLevels - 1);
  if (!(storage.stepKwh > 0)) refuse(`stepKwh is ${storage.stepKwh}; more than 0 expected`);
  if (!(storage.efficiency > 0 && storage.efficiency <= 1))
    refuse(`efficiency is ${storage.efficiency}; 0 to 1 expected`);
  for (const field of ['degradationPerMwh', 'terminalPerMwh', 'shortfallPerMwh', 'buyFeePerMwh', 'saleShare'] as const)
    if (!Number.isFinite(storage[field])) refuse(`${field} is ${storage[field]}`);

  function whole(field: string, value: number, least: number, most: number): void {
    if (!(Number.isInteger(value) && value >= least && value <= most))
      refuse(`${field} is ${value}; a whole number from ${least} to ${most} expected`);
  }
  function sized(field: string, list: readonly unknown[], length: number): void {
    if (list.length !== length) refuse(`${field} has ${list.length} values, not ${length}`);
  }
}

function validAmbiguity(ambiguity: Ambiguity, states: number, refuse: (complaint: string) => never): void {
  if (ambiguity.kind === 'nominal') return;
  if (ambiguity.kind === 'scenario') {
    if (!(ambiguity.mix >= 0 && ambiguity.mix <= 1)) refuse(`mix is ${ambiguity.mix}; 0 to 1 expected`);
    const stray = ambiguity.states.find((state) => !(Number.isInteger(state) && state >= 0 && state < states));
    if (stray !== undefined) refuse(`the scenario names state ${stray}; there are ${states}`);
    return;
  }
  if (!(ambiguity.radius >= 0 && Number.isFinite(ambiguity.radius)))
    refuse(`the radius of ${ambiguity.kind} is ${ambiguity.radius}; 0 or more expected`);
}
