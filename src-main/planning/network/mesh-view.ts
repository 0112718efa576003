/** A stored plan's meshed network as the screen reads it: DC flows of its schedule and the prices it was stored with; nothing is decided or solved. */
import { meshFlow, type MeshSlot } from '../../verify/mesh-flow.ts';
import { networkParts } from '../../verify/network-parts.ts';
import type { SiteMesh } from '../../models/v2g/site-mesh.ts';
import { planHorizon } from '../plan/plan-horizon.ts';
import { horizonView } from '../plan/plan-view.ts';
import type { PlanRecord } from '../ports.ts';
import type { FeederStore } from './network-ports.ts';

const fullestRows = 5;

/** Null when the plan was made without a meshed network. */
export function meshView(store: Pick<FeederStore, 'getFeeder'>, plan: PlanRecord) {
  const { problem, schedule } = plan;
  const site = problem.mesh;
  if (!site) return null;
  const { lines, name } = site.mesh;
  const { buses, slots } = meshFlow(problem, schedule, site);
  const flat = (of: (slot: MeshSlot) => readonly number[]): Float64Array => Float64Array.from(slots.flatMap(of));
  const drawn = site.feederId === undefined ? undefined : store.getFeeder(site.feederId)?.network.buses;
  const placeOf = new Map((drawn ?? []).map(({ id, x, y }) => [id, { x, y }]));
  return {
    planId: plan.id,
    horizon: horizonView(planHorizon(plan)),
    currency: problem.currency,
    mesh: {
      name,
      buses,
      x: Float64Array.from(buses, (bus) => placeOf.get(bus)?.x ?? NaN),
      y: Float64Array.from(buses, (bus) => placeOf.get(bus)?.y ?? NaN),
      lines: lines.map(({ id, from, to }) => ({ id, from: buses.indexOf(from), to: buses.indexOf(to) })),
      limitMw: Float64Array.from(lines, ({ limitMw }) => limitMw ?? NaN),
    },
    model: site.model,
    flowMw: flat(({ flowMw }) => flowMw),
    mostMw: flat(({ mostMw }) => mostMw),
    leastMw: flat(({ leastMw }) => leastMw),
    demandMw: flat(({ demandMw }) => demandMw),
    prices: pricesOf(plan, buses, slots),
    fullest: fullestOf(site, slots),
    assets: assetsOf(plan, site, buses),
  };
}

function pricesOf({ problem, schedule }: PlanRecord, buses: readonly string[], slots: readonly MeshSlot[]) {
  const prices = schedule.mesh;
  if (!prices) return null;
  const perMwh = (values: readonly number[]): Float64Array => Float64Array.from(values, (value) => 1000 * value);
  const at = buses.map((bus) => prices.buses.indexOf(bus));
  const byBus = prices.busPerKwh.map((own) => at.map((bus) => own[bus]!));
  return {
    energyPerMwh: perMwh(prices.energyPerKwh),
    busPerMwh: perMwh(byBus.flat()),
    linePerMwh: perMwh(prices.linePerKwh.flat()),
    rent: slots.reduce(
      (sum, { demandMw }, slot) =>
        sum +
        demandMw.reduce((own, mw, bus) => own + 1000 * mw * (byBus[slot]![bus]! - prices.energyPerKwh[slot]!), 0) *
          problem.slotHours,
      0,
    ),
  };
}

function fullestOf({ mesh }: SiteMesh, slots: readonly MeshSlot[]) {
  const worstAt = (line: number, slot: number): number => {
    const { mostMw, leastMw } = slots[slot]!;
    return mostMw[line]! >= -leastMw[line]! ? mostMw[line]! : leastMw[line]!;
  };
  return mesh.lines
    .flatMap(({ limitMw }, line) => {
      if (limitMw === null) return [];
      const slot = [...slots.keys()].reduce((worst, one) =>
        Math.abs(worstAt(line, one)) > Math.abs(worstAt(line, worst)) + 1e-9 ? one : worst,
      );
      return [{ line, slot, flowMw: slots[slot]!.flowMw[line]!, worstMw: worstAt(line, slot), limitMw }];
    })
    .sort((a, b) => Math.abs(b.worstMw) / b.limitMw - Math.abs(a.worstMw) / a.limitMw)
    .slice(0, fullestRows);
}

function assetsOf({ problem, schedule }: PlanRecord, site: SiteMesh, buses: string[]) {
  const slots = Array.from({ length: problem.slots }, (_, slot) =>
    networkParts(problem, schedule, site, { buses }, slot),
  );
  return slots[0]!.flatMap(({ kind, id, name, bus }, k) => {
    if (kind === 'load' || bus === null) return [];
    return [
      {
        kind,
        id,
        name,
        bus: buses.indexOf(bus),
        takenKw: Float64Array.from(slots, (parts) => 1000 * parts[k]!.demand.pMw.reduce((sum, mw) => sum + mw, 0)),
      },
    ];
  });
}
