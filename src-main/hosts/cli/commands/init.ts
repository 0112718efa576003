import { createAsk, runJob } from '../ask.ts';
import { exitCodes, textOption, wrongUsage, type Command } from '../command.ts';
import { siteFile } from '../site-file.ts';
import { facts } from '../table.ts';

export const initCommand: Command = {
  name: 'init',
  takes: '',
  database: 'made',
  summary: 'Make the database, or bring an older one up to date; with --demo or --site give it something to plan.',
  options: {
    demo: { type: 'boolean', help: 'Load the bundled site, telemetry and charging sessions.' },
    site: { type: 'string', value: 'FILE.json', help: 'Define your own site; docs/operator/site.md has an example.' },
  },
  async run(context) {
    const { demo, site: file } = context.values;
    if (demo === true && file !== undefined) throw wrongUsage('init takes --demo or --site, not both.');
    // Read before the database is made: a bad file leaves nothing behind.
    const given = file === undefined ? null : await siteFile(textOption(context.values, 'site'));
    const ask = await createAsk(context);
    if (demo === true) await runJob(context, 'desk.loadDemo', {});
    const notes = given ? (await ask('site.save', { site: given })).notes : [];
    const { database, site, tomorrow } = await ask('desk.state', {});
    context.output.result({ database, site, tomorrow, notes }, () =>
      [
        facts([
          ['database', database.file],
          ['schema', database.schemaVersion],
          ['site', site ? `${site.name} (${site.zone}, ${site.aggregators.length} aggregators)` : 'none yet'],
          ['next day to plan', tomorrow ?? 'none: no telemetry yet'],
        ]),
        ...notes,
      ].join('\n'),
    );
    return exitCodes.done;
  },
};
