/** A converted feeder as the two tables that `import feeder` reads. */
import type { OpenDssFeederData } from '../../src-main/telemetry/feeders/read-opendss-tables.ts';

export function feederCsv(feeder: OpenDssFeederData): {
  buses: string;
  branches: string;
} {
  const written = (value: number): string => String(Number(value.toPrecision(9)));
  const buses = feeder.buses.map(({ id, kind, loadKw, loadKvar, capacitorKvar = 0, baseKv, x, y }) =>
    [id, kind === 'substation' ? 3 : 1, loadKw, loadKvar, capacitorKvar, baseKv, x, y].join(','),
  );
  const branches = feeder.branches.map(({ from, to, rOhm, xOhm, state, line, phases }) =>
    [from, to, written(rOhm), written(xOhm), state === 'open' ? 0 : 1, line, phases].join(','),
  );
  return {
    buses: ['bus,type,load_kw,load_kvar,capacitor_kvar,base_kv,x,y', ...buses, ''].join('\n'),
    branches: ['from,to,r_ohm,x_ohm,status,line,phases', ...branches, ''].join('\n'),
  };
}
