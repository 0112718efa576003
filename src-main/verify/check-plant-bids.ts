/**
 * Re-checks bid curves and the days they were made on in plain arithmetic: curves rise with the price, every day trades what its curve says,
 * energy comes from somewhere, limits hold, and the money is what prices and devices say.
 */
import type { BidCurve, BidPlant, BidScenario, PlantDay } from '../models/vpp/bid-plant.ts';

export type PlantBreach = 'falling curve' | 'off its bid' | 'balance' | 'energy' | 'limit' | 'money';

/** In kWh, and money relative to the day's. */
const tolerance = 1e-4;

/** @returns each breach once, with the label of the first day it was found on (curves: the hour). Empty when all holds. */
export function checkPlantBids(
  plant: BidPlant,
  curves: readonly BidCurve[],
  scenarios: readonly BidScenario[],
  days: readonly PlantDay[],
): { what: PlantBreach; where: string }[] {
  const found = new Map<PlantBreach, string>();
  const hold = (what: PlantBreach, where: string, isMet: boolean): void => {
    if (!isMet && !found.has(what)) found.set(what, where);
  };
  curves.forEach((curve, hour) => {
    for (let at = 1; at < curve.length; at++)
      hold('falling curve', `hour ${hour}`, curve[at]!.pricePerKwh > curve[at - 1]!.pricePerKwh && curve[at]!.netKwh >= curve[at - 1]!.netKwh - tolerance); // prettier-ignore
  });
  const { battery, generators } = plant;
  scenarios.forEach(({ label, pricePerKwh, windKwh }, s) => {
    const day = days[s]!;
    let storedKwh = 0;
    let money = 0;
    for (let hour = 0; hour < plant.hours; hour++) {
      const price = pricePerKwh[hour]!;
      const [sold, bought, over, short] = [day.soldKwh, day.boughtKwh, day.overKwh, day.shortKwh].map((of) => of[hour]!) as [number, number, number, number]; // prettier-ignore
      const [charge, discharge, wind] = [day.chargeKwh, day.dischargeKwh, day.windKwh].map((of) => of[hour]!) as [number, number, number]; // prettier-ignore
      hold('off its bid', label, Math.abs(sold - bought - bidAt(curves[hour]!, price)) <= tolerance);
      const generated = day.generatedKwh.map((unit) => unit[hour]!);
      const made = wind + generated.reduce((sum, kwh) => sum + kwh, 0) + bought + short;
      const drawn = charge / battery.efficiency - discharge * battery.efficiency;
      hold('balance', label, Math.abs((1 - plant.lossShare) * made - drawn - sold - over) <= tolerance);
      hold('limit', label, [sold, bought, over, short, charge, discharge, wind, ...generated].every((kwh) => kwh >= -tolerance)); // prettier-ignore
      hold('limit', label, sold + over <= plant.exportKwh + tolerance && bought + short <= plant.importKwh + tolerance);
      hold('limit', label, charge <= battery.chargeKwh[hour]! + tolerance && discharge <= battery.dischargeKwh[hour]! + tolerance); // prettier-ignore
      hold('limit', label, wind <= Math.max(0, windKwh[hour]!) + tolerance);
      storedKwh += charge - discharge;
      hold('energy', label, storedKwh >= battery.leastKwh[hour + 1]! - tolerance && storedKwh <= battery.mostKwh[hour + 1]! + tolerance); // prettier-ignore
      const buy = price + plant.feePerKwh;
      const sell = Math.min(price * plant.saleShare, buy);
      money += sell * (sold + over) - buy * (bought + short) - plant.imbalancePerKwh * (over + short);
      money -= plant.windMaintenancePerKwh * wind + battery.wearPerKwh * discharge;
      generators.forEach(({ segments }, unit) => {
        let rest = generated[unit]!;
        for (const { widthKw, slopePerKwh } of segments) {
          money -= slopePerKwh * Math.min(rest, widthKw);
          rest -= Math.min(rest, widthKw);
        }
        hold('limit', label, rest <= tolerance);
      });
    }
    hold('money', label, Math.abs(money - day.money) <= tolerance * Math.max(1, Math.abs(money)));
  });
  return [...found].map(([what, where]) => ({ what, where }));
}

/** The last step whose price is reached; the first where none is. */
const bidAt = (curve: BidCurve, price: number): number =>
  (curve.findLast(({ pricePerKwh }) => pricePerKwh <= price) ?? curve[0]!).netKwh;
