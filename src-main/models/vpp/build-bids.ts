/**
 * Bid curves over scenarios as a linear program.
 *
 *   max (1 − ω) Σ_s Z_s / S + ω W,  W ≤ Z_s                                  ω: weight of the worst scenario
 *   Z_s = Σ_h  price·saleShare·(sold + over) − (price + fee)·(bought + short) − imbalance·(over + short)
 *              − fuel − maintenance·wind − wear·discharge
 *   (1 − loss)(wind + Σ generated + bought + short) + η d̂ − ĉ/η = sold + over         ĉ, d̂: in the battery
 *   sold + over ≤ export, bought + short ≤ import
 *   least_h ≤ Σ_{k<h} (ĉ_k − d̂_k) ≤ most_h
 *   net_h = sold − bought never falls with the price: the bids of an hour are one curve, the same for equal prices
 *
 * After the market has cleared the day's prices and wind are known to each scenario's dispatch; only the bids are decided before. Source: the
 * stochastic bidding of Morales, Conejo et al., "Integrating Renewables in Electricity Markets" (2014), chapter 7.
 */
import { ProgramBuilder, type Column, type LinearProgram, type Term } from '../../program/program.ts';
import type { BidCurve, BidPlant, BidScenario, PlantDay } from './bid-plant.ts';

export interface BuiltBids {
  program: LinearProgram;
  read(columns: Float64Array): { curves: BidCurve[]; days: PlantDay[] };
}

interface DayColumns {
  sold: Column[];
  bought: Column[];
  charge: Column[];
  discharge: Column[];
  wind: Column[];
  segments: Column[][][];
  over: Column[];
  short: Column[];
  /** −Z_s. */
  cost: Term[];
}

/** @param worstWeight ω in [0, 1): at 1 all days but the worst would be anyhow. @param fixedNetKwh [scenario][hour] bids already made, in place of free ones. */
export function buildBids(
  plant: BidPlant,
  scenarios: readonly BidScenario[],
  worstWeight: number,
  fixedNetKwh?: readonly (readonly number[])[],
): BuiltBids {
  const program = new ProgramBuilder('bids');
  const days = scenarios.map((scenario, s) => addDay(program, plant, scenario, s));
  const share = (1 - worstWeight) / scenarios.length;
  const worst = program.addColumn({ name: 'worst', lower: -Infinity, upper: Infinity, cost: worstWeight });
  const total = program.addColumn({ name: 'expected', lower: -Infinity, upper: Infinity, cost: share });
  days.forEach(({ cost }, s) =>
    program.addRow({ name: `worst of ${s}`, lower: 0, upper: Infinity, terms: [[worst, 1], ...negative(cost)] }),
  );
  program.addRow({
    name: 'sum',
    lower: 0,
    upper: 0,
    terms: [[total, 1], ...days.flatMap(({ cost }) => negative(cost))],
  });
  const net = (s: number, hour: number): Term[] => [[days[s]!.sold[hour]!, 1], [days[s]!.bought[hour]!, -1]]; // prettier-ignore
  for (let hour = 0; hour < plant.hours; hour++) {
    if (fixedNetKwh) {
      scenarios.forEach((_, s) => {
        const kwh = fixedNetKwh[s]![hour]!;
        program.addRow({ name: `bid ${s} ${hour}`, lower: kwh, upper: kwh, terms: net(s, hour) });
      });
      continue;
    }
    const order = byPrice(scenarios, hour);
    for (let at = 1; at < order.length; at++) {
      const [lower, higher] = [order[at - 1]!, order[at]!];
      const same = scenarios[lower]!.pricePerKwh[hour] === scenarios[higher]!.pricePerKwh[hour];
      program.addRow({
        name: `curve ${hour} ${at}`,
        lower: 0,
        upper: same ? 0 : Infinity,
        terms: [...net(higher, hour), ...negative(net(lower, hour))],
      });
    }
  }
  return {
    program: program.compile(),
    read: (columns) => {
      const at = (column: Column): number => columns[column]!;
      const read = days.map((day): PlantDay => readDay(day, at));
      return { curves: Array.from({ length: plant.hours }, (_, hour) => curveOf(scenarios, read, hour)), days: read };
    },
  };
}

function addDay(program: ProgramBuilder, plant: BidPlant, scenario: BidScenario, s: number): DayColumns {
  const { battery, generators, lossShare } = plant;
  const kept = 1 - lossShare;
  const day: DayColumns = { sold: [], bought: [], charge: [], discharge: [], wind: [], segments: [], over: [], short: [], cost: [] }; // prettier-ignore
  const stored: Term[] = [];
  for (let hour = 0; hour < plant.hours; hour++) {
    const price = scenario.pricePerKwh[hour]!;
    const buy = price + plant.feePerKwh;
    // Selling for more than buying costs would be trade without any plant.
    const sell = Math.min(price * plant.saleShare, buy);
    const add = (what: string, upper: number, costPerKwh: number): Column => {
      const column = program.addColumn({ name: `${what} ${s} ${hour}`, lower: 0, upper });
      day.cost.push([column, costPerKwh]);
      return column;
    };
    const sold = add('sold', plant.exportKwh, -sell);
    const bought = add('bought', plant.importKwh, buy);
    const charge = add('charge', battery.chargeKwh[hour]!, 0);
    // Where energy costs nothing or less, charging and discharging at once would burn it for money: nothing is taken out then.
    const discharge = add('discharge', buy > 0 ? battery.dischargeKwh[hour]! : 0, battery.wearPerKwh);
    const wind = add('wind', Math.max(0, scenario.windKwh[hour]!), plant.windMaintenancePerKwh);
    const segments = generators.map(({ id, segments: shape }) =>
      shape.map(({ widthKw, slopePerKwh }, k) => add(`${id} segment ${k}`, widthKw, slopePerKwh)),
    );
    const over = add('over', Infinity, plant.imbalancePerKwh - sell);
    const short = add('short', Infinity, buy + plant.imbalancePerKwh);
    program.addRow({
      name: `balance ${s} ${hour}`,
      lower: 0,
      upper: 0,
      terms: [
        ...[wind, bought, short, ...segments.flat()].map((column): Term => [column, kept]),
        [discharge, battery.efficiency],
        [charge, -1 / battery.efficiency],
        [sold, -1],
        [over, -1],
      ],
    });
    const through = (what: string, columns: Column[], limit: number): void => {
      program.addRow({
        name: `${what} ${s} ${hour}`,
        lower: -Infinity,
        upper: limit,
        terms: columns.map((column): Term => [column, 1]),
      });
    };
    through('export', [sold, over], plant.exportKwh);
    through('import', [bought, short], plant.importKwh);
    stored.push([charge, 1], [discharge, -1]);
    program.addRow({
      name: `energy ${s} ${hour}`,
      lower: battery.leastKwh[hour + 1]!,
      upper: battery.mostKwh[hour + 1]!,
      terms: [...stored],
    });
    day.sold.push(sold);
    day.bought.push(bought);
    day.charge.push(charge);
    day.discharge.push(discharge);
    day.wind.push(wind);
    day.segments.push(segments);
    day.over.push(over);
    day.short.push(short);
  }
  return day;
}

function readDay(day: DayColumns, at: (column: Column) => number): PlantDay {
  const all = (columns: Column[]): number[] => columns.map(at);
  return {
    soldKwh: all(day.sold),
    boughtKwh: all(day.bought),
    chargeKwh: all(day.charge),
    dischargeKwh: all(day.discharge),
    windKwh: all(day.wind),
    generatedKwh: (day.segments[0] ?? []).map((_, unit) =>
      day.segments.map((units) => units[unit]!.reduce((sum, column) => sum + at(column), 0)),
    ),
    overKwh: all(day.over),
    shortKwh: all(day.short),
    money: -day.cost.reduce((sum, [column, cost]) => sum + cost * at(column), 0),
  };
}

/** One step per price that differs; a step that changes nothing is left out. */
function curveOf(scenarios: readonly BidScenario[], days: readonly PlantDay[], hour: number): BidCurve {
  const curve: BidCurve = [];
  for (const s of byPrice(scenarios, hour)) {
    const netKwh = days[s]!.soldKwh[hour]! - days[s]!.boughtKwh[hour]!;
    const last = curve.at(-1);
    if (last && netKwh <= last.netKwh + 1e-6) continue;
    curve.push({ pricePerKwh: scenarios[s]!.pricePerKwh[hour]!, netKwh });
  }
  return curve;
}

const byPrice = (scenarios: readonly BidScenario[], hour: number): number[] =>
  [...scenarios.keys()].sort((a, b) => scenarios[a]!.pricePerKwh[hour]! - scenarios[b]!.pricePerKwh[hour]! || a - b);

const negative = (terms: readonly Term[]): Term[] => terms.map(([column, value]) => [column, -value]);
