/** Amounts of behaviour on real workplace sessions; skipped where the development data is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { dayHorizon } from '../base/horizon.ts';
import { zoneOf } from '../base/zone.ts';
import { behaviourDays } from '../forecast/behaviour-days.ts';
import type { Session } from '../telemetry/types.ts';
import { fitBehaviour } from './fit-behaviour.ts';

const file = fileURLToPath(new URL('../../../shared/data/ev/acn_caltech_2018_2021.csv.gz', import.meta.url));
const name = 'America/Los_Angeles';

it.skipIf(!existsSync(file))(
  'keeps its promise on workplace sessions of 2019: cars within the amounts, days within the number away at once',
  () => {
    const zone = zoneOf(name);
    const utc = (text: string): number => {
      const found = zone.resolveLocal(Date.parse(`${text.replaceAll('"', '').replace(' ', 'T')}Z`));
      return found.kind === 'once' ? found.utcMs : found.kind === 'twice' ? found.first : found.after;
    };
    const sessions = gunzipSync(readFileSync(file))
      .toString()
      .split('\n')
      .filter((line) => /^"?20(18-1[0-2]|19-)/.test(line))
      .map((line, row): Session => {
        const cells = line.split(',');
        const [arrivalUtcMs, departureUtcMs] = [utc(cells[0]!), utc(cells[1]!)];
        const unknown = { powerKw: NaN, capacityKwh: NaN, arrivalSocShare: NaN, departureSocShare: NaN };
        return { id: String(row), station: 'campus', arrivalUtcMs, departureUtcMs, energyKwh: Number(cells[8]), ...unknown, defects: [], row }; // prettier-ignore
      });
    expect(sessions.length).toBeGreaterThan(10_000);
    const days = behaviourDays({
      sessions,
      covered: { fromUtcMs: utc('2018-10-01 00:00:00'), toUtcMs: utc('2020-01-01 00:00:00') },
      horizon: dayHorizon('2019-11-13', name, 15),
      windowDays: 300,
    });
    for (const nominal of [0.8, 0.9]) {
      const { coverage, ...amounts } = fitBehaviour(days, nominal)!;
      const shown = Object.entries(coverage).map(([of, c]) => `${of} ${(100 * c.share).toFixed(1)} (${(100 * c.lower).toFixed(1)}–${(100 * c.upper).toFixed(1)})`); // prettier-ignore
      const told = `δ ${nominal}: ${JSON.stringify(amounts)} ${shown.join(', ')}`;
      for (const { upper } of Object.values(coverage)) expect(upper, told).toBeGreaterThanOrEqual(nominal);
      expect(amounts.lateMinutes, told).toBeGreaterThan(20);
    }
  },
);
