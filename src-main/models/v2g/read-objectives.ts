/** `objectives` of a case file: a rule with its order or its weights. Whether the problem can state them is judged with the problem. */
import type { CaseFields } from '../case-fields.ts';
import { objectiveKinds, type ObjectiveKind, type Objectives } from './objectives.ts';

/** @throws Refusal `case-bad` naming the field. */
export function readObjectives(fields: CaseFields, value: unknown, path: string): Objectives {
  const own = fields.record(value, path);
  const kindOf = (item: unknown, place: string): ObjectiveKind =>
    objectiveKinds.find((kind) => kind === item) ??
    fields.refuse(`${place} is ${JSON.stringify(item)}; ${objectiveKinds.join(', ')} expected`);
  switch (own['rule']) {
    case 'lexicographic':
      return {
        rule: 'lexicographic',
        order: fields.list(own['order'], `${path}.order`, (item, place) => {
          const step = fields.record(item, place);
          const tolerance = step['tolerance'] === undefined ? 0 : fields.field(step, place, 'tolerance');
          return { objective: kindOf(step['objective'], `${place}.objective`), tolerance };
        }),
      };
    case 'weighted':
      return {
        rule: 'weighted',
        weights: fields.list(own['weights'], `${path}.weights`, (item, place) => {
          const one = fields.record(item, place);
          return {
            objective: kindOf(one['objective'], `${place}.objective`),
            weight: fields.field(one, place, 'weight'),
          };
        }),
      };
    default:
      return fields.refuse(`${path}.rule is ${JSON.stringify(own['rule'])}; lexicographic or weighted expected`);
  }
}
