/** Places inside a definition as refusals name them: "trucks[1].capacityKwh". */

const partsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((part) => part !== '');

/** What stands there; undefined where nothing does. */
export function valueAt(root: unknown, path: string): unknown {
  return partsOf(path).reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
    root,
  );
}

/** A copy in which `value` stands there, undefined leaving the field out; all that is not on the way is shared. */
export function withValue<Root>(root: Root, path: string, value: unknown): Root {
  return put(root, partsOf(path), value) as Root;
}

function put(at: unknown, [part, ...rest]: string[], value: unknown): unknown {
  if (part === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(at)
    ? [...(at as unknown[])]
    : { ...(typeof at === 'object' ? at : {}) };
  const fields = copy as Record<string, unknown>;
  const inner = put(fields[part], rest, value);
  if (inner !== undefined || Array.isArray(at)) fields[part] = inner;
  else return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== part));
  return copy;
}

/** The list and the place in it that a path leads through: "trucks[1].capacityKwh" → trucks, 1. */
export function itemOf(path: string): { list: string; index: number } | null {
  const found = /^(\w+)\[(\d+)\]/.exec(path);
  return found ? { list: found[1]!, index: Number(found[2]) } : null;
}
