/** Roles of the columns of a file of charging sessions. */
import type { ImportDoubt } from '../mapping.ts';
import { energyUnitInHeader } from './unit.ts';
import type { ColumnGuess } from './series-columns.ts';
import type { ColumnProfile } from './profile.ts';

const startWords = /start|arriv|plug.?in|creat|begin|connect|ankunft|from/i;
const endWords = /end|depart|plug.?out|unplug|disconnect|stop|abfahrt|until/i;
/** Instants beside arrival and departure. */
const otherTimes = /done|request|modified|charging.?end|update|post/i;

export function guessSessionColumns(profiles: readonly ColumnProfile[]): ColumnGuess {
  const doubts: ImportDoubt[] = [];
  const columns = guessStay(profiles, doubts);
  const number = (pattern: RegExp, not: RegExp, accept: (name: string) => boolean = () => true): ColumnProfile[] =>
    profiles.filter(({ name, holds }) => holds === 'number' && pattern.test(name) && !not.test(name) && accept(name));
  const put = (role: string, found: ColumnProfile | undefined): void => {
    if (found) columns[role] = found.name;
  };
  const energies = number(/wh|energy|energie/i, /capacity|request|price|cost|saving|meter/i);
  const energy = energies.find(({ name }) => energyUnitInHeader(name) !== null) ?? energies[0];
  put('energy', energy);
  if (!energy)
    doubts.push({
      field: 'columns.energy',
      why: 'no column names an energy',
      choices: profiles.filter((p) => p.holds === 'number').map(({ name }) => name),
    });
  put('power', number(/pmax|max.?power|rated.?power|^power/i, /req/i)[0]);
  put('capacity', number(/capacity|battery/i, /soc/i, (name) => energyUnitInHeader(name) !== null)[0]);
  put('arrivalSoc', number(/soc/i, /depart|end|final/i, (name) => /arriv|start|initial/i.test(name))[0]);
  put('departureSoc', number(/soc/i, /arriv|start|initial/i, (name) => /depart|end|final/i.test(name))[0]);
  const stated = profiles.filter(
    ({ name }) => /stay|duration|park/i.test(name) && !/charg|idle/i.test(name) && /min|hour|hrs|hh.?mm/i.test(name),
  );
  put('duration', stated[0]);
  const named = (patterns: RegExp[]): ColumnProfile | undefined => {
    for (const pattern of patterns) {
      const found = profiles.find(
        ({ name, holds }) => pattern.test(name) && holds !== 'nothing' && holds !== 'instant' && holds !== 'date',
      );
      if (found) return found;
    }
    return undefined;
  };
  put(
    'station',
    named([
      /^station/i,
      /^site/i,
      /garage/i,
      /^cp.?id$/i,
      /charge.?point/i,
      /location/i,
      /car.?park/i,
      /^(ccs|plug|connector)$/i,
    ]),
  );
  put('id', named([/charging.?event/i, /^session.?(id|number|no)?$/i, /transaction/i, /^object.?id$/i, /^_?id$/i]));
  return { columns, subtractColumn: '', doubts };
}

function guessStay(profiles: readonly ColumnProfile[], doubts: ImportDoubt[]): Record<string, string> {
  const ofKind = (...kinds: ColumnProfile['holds'][]) =>
    profiles.filter(({ name, holds }) => kinds.includes(holds) && !otherTimes.test(name));
  const isStart = ({ name }: ColumnProfile): boolean => startWords.test(name) && !/disconnect/i.test(name);
  const isEnd = ({ name }: ColumnProfile): boolean => endWords.test(name) && !/^start/i.test(name);
  const pair = (candidates: ColumnProfile[]) => ({
    start: candidates.find(isStart),
    end: candidates.find((profile) => !isStart(profile) && isEnd(profile)),
  });
  const instants = pair(ofKind('instant'));
  if (instants.start && instants.end) return { time: instants.start.name, endTime: instants.end.name };
  const dates = pair(ofKind('date'));
  const clocks = pair(ofKind('clock'));
  if (dates.start && dates.end && clocks.start && clocks.end)
    return { date: dates.start.name, time: clocks.start.name, endDate: dates.end.name, endTime: clocks.end.name };
  const [first, second] = ofKind('instant');
  const choices = profiles.map(({ name }) => name);
  doubts.push(
    { field: 'columns.time', why: 'no column names an arrival', choices },
    { field: 'columns.endTime', why: 'no column names a departure', choices },
  );
  return { time: first?.name ?? choices[0] ?? '', endTime: second?.name ?? first?.name ?? choices[0] ?? '' };
}
