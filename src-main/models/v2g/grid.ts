/**
 * Purchase and sale at the grid connection, within limits, at prices per slot that may be negative. Import passes the losses. Prices that are not
 * known cost their risk besides (price-risk.ts).
 */
import type { Column } from '../../program/program.ts';
import { perSlot, type Device, type Stage } from './device.ts';
import { addExclusion } from './exclusive.ts';
import { gridName } from './names.ts';
import { addPriceRisk } from './price-risk.ts';
import type { V2gSchedule } from './schedule.ts';
import { valueAt } from './slot-values.ts';

export interface GridColumns {
  bought: Column;
  sold: Column;
}

export interface GridDevice extends Device<V2gSchedule['grid']> {
  /** [slot]; null without a connection. */
  flows: GridColumns[] | null;
  /** Purchase [slot]; empty without a grid. */
  bought: Column[];
}

export function addGrid({ program, problem, isExclusive }: Stage): GridDevice {
  const { grid, slotHours, lossShare } = problem;
  if (!grid)
    return { flows: null, bought: [], supply: perSlot(problem, () => []), read: () => ({ answer: null, cost: {} }) };
  const flows = perSlot(problem, (slot): GridColumns => {
    const name = (what: string): string => gridName(what, slot);
    const importKw = valueAt(grid.importLimitKwAt, slot, grid.importLimitKw);
    const exportKw = valueAt(grid.exportLimitKwAt, slot, grid.exportLimitKw);
    const bought = program.addColumn({
      name: name('purchase'),
      lower: 0,
      upper: importKw,
      cost: grid.buyPerKwh[slot]! * slotHours,
    });
    const sold = program.addColumn({
      name: name('sale'),
      lower: 0,
      upper: exportKw,
      cost: -grid.sellPerKwh[slot]! * slotHours,
    });
    if (isExclusive({ kind: 'grid', index: 0, slot }))
      addExclusion(program, { inward: bought, inwardLimit: importKw, outward: sold, outwardLimit: exportKw }, name);
    return { bought, sold };
  });
  const risk = grid.priceRisk ? addPriceRisk(program, grid.priceRisk, flows, slotHours) : null;
  return {
    flows,
    bought: flows.map(({ bought }) => bought),
    supply: flows.map(({ bought, sold }) => [
      [bought, 1 - lossShare],
      [sold, -1],
    ]),
    read: (valueOf) => {
      const answer = {
        importKw: flows.map(({ bought }) => valueOf(bought)),
        exportKw: flows.map(({ sold }) => valueOf(sold)),
      };
      const priced = (power: number[], price: number[]): number =>
        power.reduce((sum, kw, slot) => sum + kw * price[slot]! * slotHours, 0);
      return {
        answer,
        cost: {
          gridPurchase: priced(answer.importKw, grid.buyPerKwh),
          gridSale: -priced(answer.exportKw, grid.sellPerKwh),
          ...(risk === null ? {} : { priceRisk: valueOf(risk) }),
        },
      };
    },
  };
}
