/** `import roads <links> [<nodes>]`: a road network from a table or a TNTP file of links, and one of nodes for the map. */
import { roadsMapping, type RoadsPreviewPayload } from '../../contract/roads.ts';
import { createAsk, runJob } from './ask.ts';
import { exitCodes, wrongUsage, type CommandContext, type ExitCode } from './command.ts';
import { readMap } from './read-map.ts';
import { facts, number, table } from './table.ts';
import { aboutOf, giveTables, isPreviewOnly } from './table-import.ts';

export async function importRoadFiles(context: CommandContext, files: readonly string[]): Promise<ExitCode> {
  const [links, nodes, ...more] = files;
  if (links === undefined || more.length > 0) throw wrongUsage('import roads takes a file of links and one of nodes.');
  const given = await readMap(context.values.map, roadsMapping);
  const ask = await createAsk(context);
  const { fileName, firstUpload, secondUpload } = await giveTables(context, links, nodes);
  const uploads = { links: firstUpload, nodes: secondUpload };
  const preview = await ask('roads.preview', given ? { uploads, mapping: given } : { uploads });
  if (isPreviewOnly(context, fileName, preview, previewText)) return exitCodes.done;
  const wish = { uploads, mapping: preview.mapping, ...aboutOf(context, fileName) };
  const { roadsId } = (await runJob(context, 'roads.import', wish)) as { roadsId: string };
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
