/** How the two tables of a feeder are to be read, and a guess of it from the names of their columns. */
export interface BusColumns {
  id: string;
  /** 3 marks the substation, as in MATPOWER. */
  type: string;
  load: string;
  reactive: string;
  /** Shunt capacitor, given at 1 pu, in the unit of the reactive load; absent or empty: there is none. */
  capacitor?: string | undefined;
  /** Empty: `baseKv` of the mapping holds for all. */
  baseKv: string;
  voltageMax: string;
  voltageMin: string;
  x: string;
  y: string;
}

export interface BranchColumns {
  from: string;
  to: string;
  resistance: string;
  reactance: string;
  /** MVA; 0 and empty cells: none stated. */
  limit: string;
  /** 0: open. */
  status: string;
}

export interface FeederTables {
  encoding: string;
  delimiter: string;
  decimalMark: '.' | ',';
  buses: BusColumns;
  branches: BranchColumns;
  loadUnit: 'kW' | 'MW';
  impedanceUnit: 'ohm' | 'pu';
  /** Base power of impedances in pu. */
  baseMva: number;
  /** Base voltage of every bus, where the table has no column for it. */
  baseKv: number | null;
  slackVoltagePu: number;
}

export const busNames: Record<keyof BusColumns, readonly string[]> = {
  id: ['bus', 'bus_i', 'node', 'id', 'name'],
  type: ['type', 'bus_type', 'kind'],
  load: ['pd_kw', 'pd_mw', 'p_kw', 'p_mw', 'load_kw', 'load_mw', 'pd', 'p'],
  reactive: ['qd_kvar', 'qd_mvar', 'q_kvar', 'q_mvar', 'load_kvar', 'load_mvar', 'qd', 'q'],
  capacitor: ['capacitor_kvar', 'capacitor_mvar', 'cap_kvar', 'cap_mvar', 'shunt_kvar', 'shunt_mvar', 'bs'],
  baseKv: ['base_kv', 'basekv', 'kv', 'nominal_kv'],
  voltageMax: ['vmax_pu', 'vmax', 'v_max'],
  voltageMin: ['vmin_pu', 'vmin', 'v_min'],
  x: ['x', 'x_m', 'x_km', 'lon', 'longitude', 'easting'],
  y: ['y', 'y_m', 'y_km', 'lat', 'latitude', 'northing'],
};
const branchNames: Record<keyof BranchColumns, readonly string[]> = {
  from: ['from_bus', 'fbus', 'from'],
  to: ['to_bus', 'tbus', 'to'],
  resistance: ['r_ohm', 'r_pu', 'r'],
  reactance: ['x_ohm', 'x_pu', 'x'],
  limit: ['rate_a_mva', 'ratea', 'rate_a', 'limit_mva'],
  status: ['status', 'br_status', 'closed'],
};

function pick<Field extends string>(
  header: readonly string[],
  names: Record<Field, readonly string[]>,
): Record<Field, string> {
  const byLowerCase = new Map(header.map((column) => [column.trim().toLowerCase(), column.trim()]));
  const entries = Object.entries<readonly string[]>(names).map(([field, known]) => [
    field,
    byLowerCase.get(known.find((name) => byLowerCase.has(name)) ?? '') ?? '',
  ]);
  return Object.fromEntries(entries) as Record<Field, string>;
}

/** `doubts` are sentences about what the names do not say; units then stand at what is usual. */
export function guessFeederTables(
  busHeader: readonly string[],
  branchHeader: readonly string[],
): { mapping: FeederTables; doubts: string[] } {
  const buses = pick(busHeader, busNames);
  const branches = pick(branchHeader, branchNames);
  const doubts: string[] = [];
  const ends = (column: string, ending: string): boolean => column.toLowerCase().endsWith(ending);
  const loadKnown = ends(buses.load, '_kw') || ends(buses.load, '_mw');
  if (buses.load !== '' && !loadKnown)
    doubts.push(`column "${buses.load}" does not name its unit; taken as MW, as MATPOWER keeps it`);
  if (buses.capacitor.toLowerCase() === 'bs' && ends(buses.load, '_kw'))
    doubts.push(`column "${buses.capacitor}" does not name its unit; taken as kvar, as the loads`);
  const known = ends(branches.resistance, '_ohm') || ends(branches.resistance, '_pu');
  if (branches.resistance !== '' && !known)
    doubts.push(
      `column "${branches.resistance}" does not name its unit; taken as per unit on 100 MVA, as MATPOWER keeps it`,
    );
  else if (ends(branches.resistance, '_pu')) doubts.push('impedances are per unit; taken on 1 MVA');
  return {
    mapping: {
      encoding: 'utf-8',
      delimiter: ',',
      decimalMark: '.',
      buses,
      branches,
      loadUnit: ends(buses.load, '_kw') ? 'kW' : 'MW',
      impedanceUnit: ends(branches.resistance, '_ohm') ? 'ohm' : 'pu',
      baseMva: known ? 1 : 100,
      baseKv: null,
      slackVoltagePu: 1,
    },
    doubts,
  };
}
