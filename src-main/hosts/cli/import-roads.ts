/** `import roads <links> [<nodes>]`: a road network from a table or a TNTP file of links, and one of nodes for the map. */
import { Refusal } from '../../base/errors.ts';
import { roadsMapping, type RoadsPreviewPayload } from '../../contract/roads.ts';
import { fileSource } from '../file-source.ts';
import { createAsk, runJob } from './ask.ts';
import { exitCodes, wrongUsage, type CommandContext, type CommandOption, type ExitCode } from './command.ts';
import { readMap } from './read-map.ts';
import { facts, number, table } from './table.ts';

export const roadsOptions: Readonly<Record<string, CommandOption>> = {
  name: { type: 'string', value: 'TEXT', help: 'Roads, feeder: name of the network; else that of its first file.' },
  source: { type: 'string', value: 'TEXT', help: 'Roads, feeder: where it comes from.' },
  licence: { type: 'string', value: 'TEXT', help: 'Roads, feeder: its licence.' },
  attribution: { type: 'string', value: 'TEXT', help: 'Roads, feeder: what a map or drawing of it must say.' },
};

export async function importRoadFiles(context: CommandContext, files: readonly string[]): Promise<ExitCode> {
  const [links, nodes, ...more] = files;
  if (links === undefined || more.length > 0) throw wrongUsage('import roads takes a file of links and one of nodes.');
  const given = await readMap(context.values.map, roadsMapping);
  const core = await context.core();
  const ask = await createAsk(context);
  const source = await fileSource(links);
  const uploads = {
    links: core.upload(source).uploadId,
    nodes: nodes === undefined ? null : core.upload(await fileSource(nodes)).uploadId,
  };
  const preview = await ask('roads.preview', given ? { uploads, mapping: given } : { uploads });
  if (context.values.preview === true) {
    context.output.result(preview, () => previewText(preview));
    return exitCodes.done;
  }
  if (preview.doubts.length > 0) {
    context.output.aside(() => previewText(preview));
    const map = JSON.stringify(preview.mapping);
    const doubts = `${preview.doubts.join('; ')}.`;
    throw new Refusal('import-mapping-uncertain', { file: source.name, doubts, mapping: preview.mapping, map });
  }
  const text = (name: string): string => String(context.values[name] ?? '');
  const { roadsId } = (await runJob(context, 'roads.import', {
    uploads,
    mapping: preview.mapping,
    name: text('name') || source.name.replace(/\.\w+$/, ''),
    source: text('source'),
    licence: text('licence'),
    attribution: text('attribution'),
  })) as { roadsId: string };
  const stored = (await ask('roads.list', {})).find(({ id }) => id === roadsId)!;
  context.output.result({ ...stored, notes: preview.notes }, () =>
    [
      facts([
        ['network', stored.id],
        ['name', stored.name],
        ['nodes', number(stored.nodes, 0)],
        ['links', number(stored.links, 0)],
      ]),
      ...preview.notes,
    ].join('\n'),
  );
  return exitCodes.done;
}

function previewText({ mapping, doubts, nodes, links, rows, notes }: RoadsPreviewPayload): string {
  return [
    facts([
      ['nodes', number(nodes, 0)],
      ['links', number(links, 0)],
    ]),
    table(
      ['row', 'from', 'to', 'minutes', 'km'],
      rows.map(({ row, from, to, minutes, lengthKm }) => [row, from, to, number(minutes, 3), number(lengthKm, 3)]),
    ),
    ...doubts,
    ...notes,
    `--map '${JSON.stringify(mapping)}'`,
  ].join('\n\n');
}
