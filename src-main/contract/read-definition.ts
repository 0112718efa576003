/** A definition from the text an operator wrote, held against its schema. */
import type { z } from 'zod';

export interface DefinitionProblem {
  /** Where: "gas[0].maxKw"; "definition" when it concerns the whole. */
  path: string;
  /** What is wrong there: "must be at least minKw (120), not 100". */
  message: string;
}

const whole = 'definition';

export function readDefinition<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): { kind: 'value'; value: z.infer<Schema> } | { kind: 'problems'; problems: DefinitionProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'problems', problems: [{ path: whole, message: `is not JSON: ${why}` }] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'value', value: parsed.data };
  return {
    kind: 'problems',
    problems: parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message })),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || whole;
}
