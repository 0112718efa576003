/** The meshed network of a V2G case file: `network` as in docs/method/mesh.md, "Case files". What contradicts itself is refused with the problem. */
import type { CaseFields } from '../case-fields.ts';
import { lineIds } from '../mesh/line-ids.ts';
import type { SiteMesh } from './site-mesh.ts';

/** Undefined when the case has none. @throws Refusal `case-bad` naming the field. */
export function readSiteMesh(fields: CaseFields, value: unknown): SiteMesh | undefined {
  if (value === undefined) return undefined;
  const whole = fields.record(value, 'network');
  const bus = (item: unknown, path: string): string =>
    typeof item === 'number' ? String(item) : fields.text(item, path);
  const buses = (name: string): string[] =>
    whole[name] === undefined ? [] : fields.list(whole[name], `network.${name}`, (item, path) => bus(item, path));
  const model = whole['model'] ?? 'dc';
  if (model !== 'dc' && model !== 'unconstrained')
    return fields.refuse(`network.model is ${JSON.stringify(model)}; "dc" or "unconstrained" expected`);
  const lines = fields.list(whole['lines'], 'network.lines', (item, path) => {
    const line = fields.record(item, path);
    const limit = line['limitMw'] ?? null;
    return {
      from: bus(line['from'], `${path}.from`),
      to: bus(line['to'], `${path}.to`),
      xPu: fields.field(line, path, 'xPu'),
      limitMw: limit === null ? null : fields.number(limit, `${path}.limitMw`),
    };
  });
  const ids = lineIds(lines);
  return {
    mesh: {
      name: `the network of ${fields.file}`,
      slackBus: bus(whole['slackBus'], 'network.slackBus'),
      lines: lines.map((line, l) => ({ id: ids[l]!, ...line })),
    },
    model,
    loads: fields.list(whole['loads'], 'network.loads', (item, path) => {
      const load = fields.record(item, path);
      return { bus: bus(load['bus'], `${path}.bus`), share: fields.field(load, path, 'share') };
    }),
    windBus: buses('windBus'),
    gasBus: buses('gasBus'),
    storageBus: [],
    aggregatorBus: buses('aggregatorBus'),
  };
}
