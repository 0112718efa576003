import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../base/errors.ts';
import type { MobileStoragePayload } from '../../../contract/mobile-storage.ts';
import { mobileStorageText, readMobileStorage } from '../../../contract/read-mobile-storage.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, textOption, wrongUsage, type Command } from '../command.ts';

export const mobileStorageCommand: Command = {
  name: 'mobile-storage',
  takes: '',
  summary: 'Print trucks, terminals and grids as JSON, or replace them with --save.',
  options: {
    save: { type: 'string', value: 'FILE.json', help: 'Definition to use from now on; plans made before keep theirs.' },
  },
  async run(context) {
    if (context.positionals.length > 0) throw wrongUsage('mobile-storage takes a file only after --save.');
    const given = context.values.save === undefined ? null : await definition(textOption(context.values, 'save'));
    const ask = await createAsk(context);
    if (given) {
      const saved = await ask('mobile.save', { mobileStorage: given });
      context.output.result(saved, () => ['Mobile storage is stored.', ...saved.notes].join('\n'));
      return exitCodes.done;
    }
    const stored = await ask('mobile.get', {});
    if (!stored) throw new Refusal('no-mobile-storage');
    context.output.result(stored, () => mobileStorageText(stored));
    return exitCodes.done;
  },
};

/** @throws Refusal `not-found`; `bad-mobile-storage` with every problem and its place */
async function definition(file: string): Promise<MobileStoragePayload> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal('not-found', { what: 'file', id: file });
  });
  const reading = readMobileStorage(text);
  if (reading.kind === 'mobile-storage') return reading.mobileStorage;
  const [first, ...more] = reading.problems;
  throw new Refusal('bad-mobile-storage', {
    path: first?.path,
    problem: [first?.message, ...more.map(({ path, message }) => `${path} ${message}`)].join('; '),
    problems: reading.problems,
  });
}
