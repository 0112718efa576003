import { filterWords } from '../../../base/day-filter.ts';
import { createAsk } from '../ask.ts';
import { exitCodes, type Command } from '../command.ts';
import { dayOf, dayOption } from '../day-option.ts';
import { percent, table } from '../table.ts';

export const setsCommand: Command = {
  name: 'sets',
  takes: '',
  summary:
    'List the frozen sets, and whether each can stand for a day ("fit --freeze" makes one, "plan --set-id" plans from it).',
  options: dayOption,
  async run(context) {
    const ask = await createAsk(context);
    const day = await dayOf(context.values, ask);
    const frozen = await ask('uncertainty.frozen', { day });
    context.output.result(frozen, () =>
      frozen.length === 0
        ? 'No set has been frozen.'
        : table(
            ['name', 'fitted for', 'method', 'nominal', 'learnt from', 'days', `for ${day}`, 'note', 'set id'],
            frozen.map((set) => [
              set.name,
              set.learnt?.day ?? '',
              set.learnt ? `${set.learnt.method}, ${set.learnt.shape}` : '',
              set.learnt ? percent(set.learnt.nominal) : '',
              set.learnt ? filterWords(set.learnt.days) : '',
              set.learnt?.learntDays ?? '',
              set.whyNot ?? 'fits',
              set.note,
              set.setId,
            ]),
          ),
    );
    return exitCodes.done;
  },
};
