import { expectation, type Ambiguity, type RowQuestion } from './ambiguity.ts';
import { ellipsoidLaw } from './ellipsoid-law.ts';
import { entropyLaw } from './entropy-law.ts';
import { intervalLaw } from './interval-law.ts';
import { l1Law } from './l1-law.ts';
import { likelihoodLaw } from './likelihood-law.ts';
import { scenarioLaw } from './scenario-law.ts';

/**
 * The adversary: writes the law of U(q) with the least expectation into `law` [state] and returns that expectation, in the unit of the
 * values.
 */
export function worstLaw(ambiguity: Ambiguity, question: RowQuestion, law: Float64Array): number {
  switch (ambiguity.kind) {
    case 'nominal':
      law.set(question.nominal);
      break;
    case 'scenario':
      scenarioLaw(question, ambiguity.mix, ambiguity.states, law);
      break;
    case 'interval':
      intervalLaw(question, ambiguity.radius, law);
      break;
    case 'l1':
      l1Law(question, ambiguity.radius, law);
      break;
    case 'likelihood':
      likelihoodLaw(question, ambiguity.radius, law);
      break;
    case 'entropy':
      entropyLaw(question, ambiguity.radius, law);
      break;
    case 'ellipsoid':
      ellipsoidLaw(question, ambiguity.radius, law);
  }
  return expectation(law, question.values);
}
