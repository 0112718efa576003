/** Refuses objectives that a problem cannot state, naming them. */
import type { ObjectiveKind, Objectives } from './objectives.ts';
import { namedIn } from './objectives.ts';
import type { V2gProblem } from './problem.ts';

export function requireValidObjectives(
  problem: V2gProblem,
  objectives: Objectives,
  refuse: (complaint: string) => never,
): void {
  const named = namedIn(objectives);
  if (named.length === 0) refuse('no objective is named');
  const twice = named.find((objective, at) => named.indexOf(objective) !== at);
  if (twice !== undefined) refuse(`objective "${twice}" occurs twice`);
  if (objectives.rule === 'lexicographic')
    for (const { objective, tolerance } of objectives.order)
      if (!(tolerance >= 0 && tolerance < 10)) refuse(`the tolerance before "${objective}" is ${tolerance}`);
  if (objectives.rule === 'weighted') {
    for (const { objective, weight } of objectives.weights)
      if (!(weight >= 0 && Number.isFinite(weight))) refuse(`the weight of "${objective}" is ${weight}`);
    if (objectives.weights.every(({ weight }) => weight === 0)) refuse('every objective weighs nothing');
  }
  for (const objective of named) {
    const missing = whyNot(problem, objective);
    if (missing !== null) refuse(`objective "${objective}": ${missing}`);
  }
}

/** Null where the problem can state the objective. */
export function whyNot(problem: V2gProblem, objective: ObjectiveKind): string | null {
  switch (objective) {
    case 'cost':
      return null;
    case 'generation':
      return problem.gas.length > 0 ? null : 'there is no gas unit';
    case 'loss':
      return problem.lossShare > 0 || (problem.network && problem.network.model !== 'unconstrained')
        ? null
        : 'no loss is modelled; give the site a share of losses or a feeder';
    case 'deviation':
    case 'renewables':
      return problem.wind.some(({ availableKw }) => availableKw.some((kw) => kw > 0))
        ? null
        : 'no renewable power is available';
  }
}
