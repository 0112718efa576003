import { Refusal } from '../../../base/errors.ts';
import { siteText } from '../../../contract/read-site.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, textOption, wrongUsage, type Command } from '../command.ts';
import { siteFile } from '../site-file.ts';

export const siteCommand: Command = {
  name: 'site',
  takes: '',
  summary: 'Print the site as JSON, or replace it with --save.',
  options: {
    save: { type: 'string', value: 'FILE.json', help: 'Site to use from now on; plans made before keep theirs.' },
  },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('site takes a file only after --save.');
    const given = context.values.save === undefined ? null : await siteFile(textOption(context.values, 'save'));
    const ask = await createAsk(context);
    if (given) {
      const saved = await ask('site.save', { site: given });
      context.output.result(saved, () => [`The site is now ${saved.name}.`, ...saved.notes].join('\n'));
      return exitCodes.done;
    }
    const site = await ask('site.get', {});
    if (!site) throw new Refusal('no-site');
    context.output.result(site, () => siteText(site));
    return exitCodes.done;
  },
};
