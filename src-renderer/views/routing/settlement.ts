/** The settlement of a day to the cent: what each grid pays, and that the accounts close. */
import type { SmsPlanPayload } from '../../../src-main/contract/sms.ts';

export interface SettlementRow {
  name: string;
  rent: number;
  chargeKwh: number;
  dischargeKwh: number;
  windSavedKwh: number;
  ownCents: number;
  rentCents: number;
  transferCents: number;
  paysCents: number;
  aloneCents: number;
}

/** One row per grid, then their sums. */
export function settlementRows({ grids }: Pick<SmsPlanPayload, 'grids'>): SettlementRow[] {
  const rows = grids.map(({ name, totals, account }) => ({ name, ...totals, ...account }));
  const sum = (of: (row: SettlementRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const all: SettlementRow = {
    name: 'All grids',
    rent: sum(({ rent }) => rent),
    chargeKwh: sum(({ chargeKwh }) => chargeKwh),
    dischargeKwh: sum(({ dischargeKwh }) => dischargeKwh),
    windSavedKwh: sum(({ windSavedKwh }) => windSavedKwh),
    ownCents: sum(({ ownCents }) => ownCents),
    rentCents: sum(({ rentCents }) => rentCents),
    transferCents: sum(({ transferCents }) => transferCents),
    paysCents: sum(({ paysCents }) => paysCents),
    aloneCents: sum(({ aloneCents }) => aloneCents),
  };
  return [...rows, all];
}
