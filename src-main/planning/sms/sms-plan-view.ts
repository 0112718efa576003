/** What a screen shows of a plan of mobile storage: the record in kW and kWh, with what follows from it. */
import { energyAheadMwh } from '../../models/sms/driving.ts';
import type { GridAccount, GridDispatch, SmsRound, TruckPlan } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';
import { horizonView } from '../plan/plan-view.ts';
import { smsExceptions } from './sms-exceptions.ts';
import { legView } from './leg-view.ts';
import { smsHorizon } from './sms-horizon.ts';
import { truckTotals } from './truck-totals.ts';

const kilo = 1000;
const toKw = (mw: readonly number[]): Float64Array => Float64Array.from(mw, (value) => kilo * value);

export function smsPlanView(record: SmsPlanRecord) {
  const { plan, storage, provenance } = record;
  const terminalOf = (id: string): number => storage.terminals.findIndex((terminal) => terminal.id === id);
  return {
    id: record.id,
    day: record.day,
    status: record.status,
    currency: record.currency,
    horizon: horizonView(smsHorizon(record)),
    roadsId: record.roadsId,
    options: record.options,
    overrides: record.overrides,
    basedOn: record.basedOn,
    outcome: record.outcome,
    owner: {
      profit: plan.ownerProfitUsd,
      rent: plan.rentUsd,
      degradation: plan.degradationUsd,
      travel: plan.travelUsd,
      standing: plan.holdingUsd,
      incomeCents: plan.settlement.ownerIncomeCents,
    },
    users: { cost: plan.usersCostUsd, costWithoutTrucks: plan.usersCostWithoutTrucksUsd },
    terminals: storage.terminals.map(({ id, name, grid, places }, at) => ({
      id,
      name,
      node: record.terminalNodes[at]!,
      grid: grid === null ? null : storage.grids.findIndex((other) => other.id === grid),
      places,
    })),
    distanceKm: record.distanceKm.map((row) => Float64Array.from(row)),
    trucks: plan.trucks.map((truck, k) => ({
      ...namesOf(storage.trucks[k]!),
      home: terminalOf(storage.trucks[k]!.home),
      end: terminalOf(storage.trucks[k]!.end),
      legs: truck.legs.map((leg) => legView(leg, record.ways, record.problem.trucks[k]!.drivingFactor ?? 1)),
      terminal: Float64Array.from(truck.terminalBySlot, (terminal) => terminal ?? -1),
      chargeKw: toKw(truck.chargeMw),
      dischargeKw: toKw(truck.dischargeMw),
      energyKwh: toKw(truck.energyMwh),
      aheadKwh: toKw(energyAheadMwh(record.problem, record.problem.trucks[k]!, truck.legs)),
      rent: Float64Array.from(rentOf(record, truck)),
      totals: truckTotals(record, k, rentOf(record, truck)),
    })),
    grids: plan.grids.map((dispatch, g) => gridView(record, dispatch, g, record.aloneCurtailMw[g]!)),
    errorCorrelation: record.evidence.errorCorrelation.map((row) => Float64Array.from(row)),
    rounds: record.rounds.map(roundView),
    check: record.check,
    exceptions: smsExceptions(record),
    provenance: { ...provenance, contentHash: record.contentHash, roadsId: record.roadsId },
  };
}

export function roundView({ round, upperBoundUsd, profitUsd, incumbentUsd, elapsedSeconds }: SmsRound) {
  const upperBound = Number.isFinite(upperBoundUsd) ? upperBoundUsd : null;
  const proven = upperBound !== null && incumbentUsd !== null;
  const gap = proven ? (upperBound - incumbentUsd) / Math.max(1, Math.abs(incumbentUsd)) : null;
  return { round, upperBound, profit: profitUsd, incumbent: incumbentUsd, gap, elapsedSeconds };
}

const namesOf = ({
  id,
  name,
  capacityKwh,
  minKwh,
  initialKwh,
  finalMinKwh,
  powerKw,
}: SmsPlanRecord['storage']['trucks'][number]) => ({
  id,
  name,
  capacityKwh,
  minKwh,
  initialKwh,
  finalMinKwh,
  powerKw,
});

/** Slot by slot, at the rent of the grid the truck stands at. */
function rentOf({ problem, plan }: SmsPlanRecord, truck: TruckPlan): number[] {
  return truck.terminalBySlot.map((at, slot) => {
    const terminal = at === null ? null : problem.terminals[at]!;
    if (terminal?.kind !== 'station') return 0;
    const energyMwh = problem.slotHours * (truck.chargeMw[slot]! + truck.dischargeMw[slot]!);
    return plan.priceUsdPerMwh[terminal.grid]![slot]! * energyMwh;
  });
}

function gridView(
  record: SmsPlanRecord,
  dispatch: SmsPlanRecord['plan']['grids'][number],
  g: number,
  curtailAlone: readonly number[],
) {
  const { problem, plan, storage, evidence } = record;
  const data = problem.grids[g]!;
  const chargeMw = workedHere(record, g, 'chargeMw');
  const dischargeMw = workedHere(record, g, 'dischargeMw');
  const energyKwh = (mw: readonly number[]): number => kilo * problem.slotHours * mw.reduce((sum, x) => sum + x, 0);
  const saved = curtailAlone.map((alone, slot) =>
    Math.min(chargeMw[slot]!, Math.max(0, alone - dispatch.curtailMw[slot]!)),
  );
  const { aloneCents, ownCents, rentCents, transferCents, paysCents } = plan.settlement.grids[g] as GridAccount;
  const rents =
    problem.slotHours *
    plan.priceUsdPerMwh[g]!.reduce((sum, price, t) => sum + price * (chargeMw[t]! + dischargeMw[t]!), 0);
  return {
    id: data.id,
    name: storage.grids[g]!.name,
    rentPerKwh: Float64Array.from(plan.priceUsdPerMwh[g]!, (price) => price / kilo),
    rentMenuPerKwh: storage.grids[g]!.rentMenuPerKwh ?? [],
    rentCapPerKwh: storage.grids[g]!.rentCapPerKwh ?? null,
    loadKw: toKw(data.loadMw),
    windKw: toKw(data.windMw),
    surplusKw: Float64Array.from(data.windMw, (wind, slot) => kilo * Math.max(0, wind - data.loadMw[slot]!)),
    curtailKw: toKw(dispatch.curtailMw),
    curtailAloneKw: toKw(curtailAlone),
    importKw: toKw(dispatch.importMw),
    importPerKwh: Float64Array.from(data.importUsdPerMwh, (price) => price / kilo),
    generatorKw: toKw(dispatch.generatorMw),
    unservedKw: toKw(dispatch.unservedMw),
    dumpKw: toKw(dispatch.dumpMw),
    chargeKw: toKw(chargeMw),
    dischargeKw: toKw(dischargeMw),
    netKw: Float64Array.from(
      data.loadMw,
      (load, t) => kilo * (load - data.windMw[t]! + dispatch.curtailMw[t]! + chargeMw[t]! - dischargeMw[t]!),
    ),
    answers: dispatch.answerShares
      ? problem.grids.map((_, other) => Float64Array.from(dispatch.answerShares!, (shares) => shares[other]!))
      : null,
    reserve: {
      marginKw: toKw(demandedMw(problem, dispatch, g)),
      importKw: toKw(dispatch.importReserveMw),
      generatorKw: toKw(dispatch.generatorReserveMw),
      curtailedKw: toKw(dispatch.curtailMw),
      emergencyKw: toKw(dispatch.emergencyReserveMw),
    },
    totals: {
      rent: rents,
      chargeKwh: energyKwh(chargeMw),
      dischargeKwh: energyKwh(dischargeMw),
      windSavedKwh: energyKwh(saved),
    },
    account: { aloneCents, ownCents, rentCents, transferCents, paysCents },
    violation: evidence.violations[g]!,
    feeder: feederView(data, dispatch),
  };
}

/** The bus that comes nearest to the least voltage in each slot; null where the grid is one bus. */
function feederView({ feeder }: SmsProblem['grids'][number], { feeder: answer }: GridDispatch) {
  if (!feeder || !answer) return null;
  const slots = answer.voltagePu[0]!.map((_, slot) => slot);
  const lowest = slots.map((slot) =>
    answer.voltagePu.reduce((least, of, bus) => (of[slot]! < answer.voltagePu[least]![slot]! ? bus : least), 0),
  );
  const lowestPu = lowest.map((bus, slot) => answer.voltagePu[bus]![slot]!);
  const worst = lowestPu.indexOf(Math.min(...lowestPu));
  return {
    buses: feeder.buses.length,
    minPu: feeder.minPu,
    maxPu: feeder.maxPu,
    lowestPu: Float64Array.from(lowestPu),
    highestPu: Float64Array.from(slots, (slot) => Math.max(...answer.voltagePu.map((of) => of[slot]!))),
    worst: { slot: worst, bus: feeder.buses[lowest[worst]!]!.id },
  };
}

function workedHere({ problem, plan }: SmsPlanRecord, g: number, flow: 'chargeMw' | 'dischargeMw'): number[] {
  return Array.from({ length: problem.slots }, (_, slot) =>
    plan.trucks.reduce((sum, truck) => {
      const at = truck.terminalBySlot[slot] ?? null;
      const terminal = at === null ? null : problem.terminals[at]!;
      return terminal?.kind === 'station' && terminal.grid === g ? sum + truck[flow][slot]! : sum;
    }, 0),
  );
}

/** What the grid's reserve must be: for its own wind, or for what it answers of all. */
function demandedMw(
  { grids, reserveSharing: sharing }: SmsPlanRecord['problem'],
  { answerShares }: SmsPlanRecord['plan']['grids'][number],
  g: number,
): number[] {
  if (!sharing || !answerShares) return grids[g]!.downsideMarginMw;
  return answerShares.map((shares, slot) => {
    const mean = shares.reduce((sum, share, h) => sum + share * sharing.meanMw[slot]![h]!, 0);
    const variance = shares.reduce(
      (sum, share, h) =>
        sum + shares.reduce((own, other, i) => own + share * other * sharing.covarianceMw2[slot]![h]![i]!, 0),
      0,
    );
    return Math.max(0, sharing.factor * Math.sqrt(Math.max(0, variance)) - mean);
  });
}
