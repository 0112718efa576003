/** `import feeder <buses> <branches>` or `import feeder <case.m>`: a feeder, or with `--meshed` a meshed network, from two tables or a MATPOWER case. */
import { feederMapping, type FeederPreviewPayload, type FeederReadingPayload } from '../../contract/feeders.ts';
import { asRefusal, createAsk, runJob, type Ask } from './ask.ts';
import type { ErrorReport } from '../../base/errors.ts';
import { fileSource } from '../file-source.ts';
import { exitCodes, wrongUsage, type CommandContext, type ExitCode } from './command.ts';
import { readMap } from './read-map.ts';
import { facts, number, table } from './table.ts';
import { aboutOf, giveTables, isPreviewOnly } from './table-import.ts';

export async function importFeederFiles(context: CommandContext, files: readonly string[]): Promise<ExitCode> {
  const [buses, branches, ...more] = files;
  if (buses === undefined || more.length > 0)
    throw wrongUsage('import feeder takes a table of buses and one of branches, or one MATPOWER case.');
  const mapped = await readMap(context.values.map, feederMapping);
  const ask = await createAsk(context);
  const { fileName, firstUpload, secondUpload } = await giveTables(context, buses, branches);
  const uploads = { buses: firstUpload, branches: secondUpload, coordinates: await giveCoordinates(context) };
  const guessed = await ask('feeders.preview', mapped ? { uploads, mapping: mapped } : { uploads });
  const looked = context.values.meshed === true ? await asMeshed(ask, guessed) : guessed;
  if (looked.reading === null) throw asRefusal(looked.refused as ErrorReport);
  const { reading, refused: _, ...rest } = looked;
  const preview = { ...rest, ...reading };
  if (isPreviewOnly(context, fileName, preview, previewText)) return exitCodes.done;
  const wish = { uploads, mapping: preview.mapping, ...aboutOf(context, fileName) };
  const { feederId } = (await runJob(context, 'feeders.import', wish)) as { feederId: string };
  const stored = (await ask('feeders.list', {})).find(({ id }) => id === feederId)!;
  context.output.result({ ...stored, notes: preview.notes }, () =>
    [facts([['feeder', stored.id], ['name', stored.name], ...countFacts(stored)]), ...preview.notes].join('\n'),
  );
  return exitCodes.done;
}

/** The same files read as a meshed network; doubts about their units stay doubts. */
async function asMeshed(ask: Ask, { uploads, mapping, doubts }: FeederPreviewPayload): Promise<FeederPreviewPayload> {
  const meshed = await ask('feeders.preview', { uploads, mapping: { ...mapping, topology: 'meshed' } });
  return { ...meshed, doubts };
}

/** Upload of the list of places, where one was named. @throws Refusal `not-found` */
async function giveCoordinates(context: CommandContext): Promise<string | null> {
  const { coordinates } = context.values;
  return typeof coordinates === 'string' ? (await context.core()).upload(await fileSource(coordinates)).uploadId : null;
}

type Counts = Pick<FeederReadingPayload, 'topology' | 'buses' | 'branches' | 'ties' | 'baseKv' | 'loadKw' | 'loadKvar'>;
const countFacts = ({ topology, buses, branches, ties, baseKv, loadKw, loadKvar }: Counts): [string, string][] => [
  ['network', topology],
  ['buses', number(buses, 0)],
  ['branches', number(branches, 0)],
  [topology === 'meshed' ? 'open branches' : 'open tie switches', number(ties, 0)],
  ['base voltage', `${number(baseKv, 2)} kV`],
  ['load', `${number(loadKw, 1)} kW, ${number(loadKvar, 1)} kvar`],
];

function previewText(preview: Pick<FeederPreviewPayload, 'mapping' | 'doubts'> & FeederReadingPayload): string {
  const { mapping, doubts, rows, notes } = preview;
  return [
    facts(countFacts(preview)),
    table(
      ['from', 'to', 'r Ω', 'x Ω', 'state'],
      rows.map(({ from, to, rOhm, xOhm, state }) => [from, to, number(rOhm, 4), number(xOhm, 4), state]),
    ),
    ...doubts,
    ...notes,
    `--map '${JSON.stringify(mapping)}'`,
  ].join('\n\n');
}
