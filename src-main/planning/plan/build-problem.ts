/** Site + fitted sets + fleet + prices of a day → the scheduling problem. Nothing is decided here; data only takes its place. */
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import type { Ev, V2gProblem } from '../../models/v2g/problem.ts';
import type { SiteMesh } from '../../models/v2g/site-mesh.ts';
import type { SiteNetwork } from '../../models/v2g/site-network.ts';
import type { DayKind, UncertaintySet } from '../../uncertainty/day-set.ts';
import { resized } from '../../uncertainty/set-size.ts';
import type { ComponentSet, FittedSet } from '../../uncertainty/types.ts';
import type { DayPrices } from '../prices/day-prices.ts';
import type { Site } from '../site.ts';
import { servicesOf, type ServiceWish } from './day-services.ts';

export interface DayInputs {
  site: Site;
  horizon: Horizon;
  set: FittedSet;
  evs: Ev[];
  /** Cars that may be off plan at once [aggregator]; left out: none. */
  carsOffPlan?: number[];
  /** [aggregator][slot], kW: the fleet charging at full power on arrival. */
  uncoordinatedKw: number[][];
  prices: DayPrices | null;
  /** Left out: no network is looked at. */
  network?: SiteNetwork | undefined;
  mesh?: SiteMesh | undefined;
  /** Left out: none. */
  trucks?: Pick<V2gProblem, 'trucks' | 'stays'> | undefined;
  /** As the site says when left out. */
  services?: ServiceWish | undefined;
}

/** `size` is on the kind's own scale (uncertainty/set-size.ts): the fitted one when left out; at 0 nothing is protected. */
export type Protection =
  | { set: 'interval'; size?: number | undefined }
  /** `slotProtection` Γ: slots of the day that may deviate fully; every slot on its own when left out. */
  | { set: 'budget'; protection: number; slotProtection?: number | undefined }
  /** The set of whole days that was fitted. */
  | { set: DayKind; size?: number | undefined };

/**
 * 'static': committed supply covers every deviation; 'affine': the EV pool takes a share of each, decided beforehand; 'per-resource': so does every gas
 * unit and storage unit; 'full': as that (of sets of stated days as 'affine'), with units switched on as is best where all else is decided once the day is known (full-recourse.ts).
 */
export type Recourse = 'static' | 'affine' | 'per-resource' | 'full';

/** @throws Refusal `bad-request` for shares of single resources with a set of whole days, `set-does-not-fit` when the fitted set holds no set of whole days of the wanted kind. */
export function buildProblem(inputs: DayInputs, wish: Protection, recourse: Recourse = 'affine'): V2gProblem {
  const { site, horizon, set } = inputs;
  const load = only(set.components, 'load');
  const wind = set.components.find((component) => component.kind === 'wind');
  const windShare = site.wind.reduce((sum, park) => sum + park.share, 0);
  const atLeastZero = (values: number[]) => values.map((value) => Math.max(0, value));
  const services = servicesOf(site, horizon, load.centreKw, inputs.services);
  return {
    name: `${site.name}, ${horizon.day}`,
    currency: site.currency,
    slots: horizon.slots,
    slotHours: horizon.slotMinutes / 60,
    loadKw: atLeastZero(load.centreKw),
    wind: site.wind.map((park) => ({
      id: park.id,
      name: park.name,
      availableKw: atLeastZero(wind?.centreKw ?? []).map((kw) => (kw * park.share) / windShare),
      maintenancePerKwh: park.maintenancePerKwh,
    })),
    gas: site.gas,
    storage: site.storage,
    grid:
      site.grid && inputs.prices
        ? {
            importLimitKw: site.grid.importLimitKw,
            exportLimitKw: site.grid.exportLimitKw,
            buyPerKwh: inputs.prices.buyPerKwh,
            sellPerKwh: inputs.prices.sellPerKwh,
            ...(inputs.prices.risk ? { priceRisk: inputs.prices.risk } : {}),
          }
        : null,
    aggregators: site.aggregators.map(({ id, name }) => ({ id, name })),
    evs: inputs.evs,
    throughputPerKwh: site.throughputPerKwh,
    dischargePerKwh: site.dischargePerKwh,
    unmetPerKwh: site.unmetPerKwh,
    // Branch flow knows its own losses.
    lossShare: inputs.network?.model === 'branch-flow' ? 0 : site.lossShare,
    // Control areas take the place of the site's own reserve.
    reserve: services?.reserve ? { ...site.reserve, shareOfLoad: 0 } : site.reserve,
    ...(services ? { services } : {}),
    uncertainty: {
      components: set.components.map((component) => ({
        id: component.id,
        name: component.name,
        kind: component.kind,
        halfWidthKw: shortfallKw(component, widthOf(wish)),
      })),
      protection: protectionOf(wish, set.components.length),
      ...daySetOf(set, wish, horizon.slots),
    },
    recourse: recourse === 'static' ? 0 : 'optimal',
    ...respondersOf(wish, recourse),
    poolAccount: 'by-car-in-days',
    ...(site.coefficients ? { coefficients: site.coefficients } : {}),
    ...(inputs.carsOffPlan ? { carsOffPlan: inputs.carsOffPlan } : {}),
    charging: 'coordinated',
    uncoordinatedKw: inputs.uncoordinatedKw,
    ...(inputs.network ? { network: inputs.network } : {}),
    ...(inputs.mesh ? { mesh: inputs.mesh } : {}),
    ...inputs.trucks,
  };
}

function respondersOf({ set }: Protection, recourse: Recourse): Pick<V2gProblem, 'responders'> {
  if (recourse === 'static' || recourse === 'affine') return {};
  // On stated days the EV pool answers, whatever units are on.
  if (recourse === 'full' && (set === 'scenarios' || set === 'support')) return {};
  if (set !== 'budget' && set !== 'interval') {
    const kinds = recourse === 'full' ? 'interval, budget, scenarios and support' : 'interval and budget';
    const problem = `recourse "${recourse}" is stated for the sets ${kinds}, not for "${set}"`;
    throw new Refusal('bad-request', { call: 'plan', problem });
  }
  return { responders: 'each-resource' };
}

/**
 * The same day, just as protected, with EVs that charge at full power on arrival and never discharge: what V2G is compared with.
 * Nobody but supply can absorb a deviation then (θ = 0), and the network is not looked at.
 */
export function withoutV2g(problem: V2gProblem): V2gProblem {
  const { network: _network, mesh: _mesh, ...rest } = problem;
  return { ...rest, charging: 'uncoordinated', recourse: 0 };
}

/** At size 0 the widths stay, and the protection of 0 makes nothing of them: the same problem as a budget at α = 0. */
const widthOf = (wish: Protection): number => (wish.set === 'interval' && wish.size ? wish.size : 1);

function protectionOf(wish: Protection, components: number): number {
  if (wish.set === 'budget') return Math.min(wish.protection, components);
  return wish.size === 0 ? 0 : components;
}

function daySetOf(set: FittedSet, wish: Protection, slots: number): { set?: UncertaintySet } {
  if (wish.set === 'interval') return {};
  if (wish.set === 'budget') {
    const { protection, slotProtection } = wish;
    if (slotProtection === undefined || slotProtection >= slots) return {};
    const halfWidths = set.components.flatMap((component) => shortfallKw(component));
    return { set: { kind: 'budget', slots, halfWidths, protection, slotProtection } };
  }
  const { daySet, frozen } = set;
  if (daySet?.kind !== wish.set)
    throw new Refusal('set-does-not-fit', {
      name: frozen?.name ?? 'The fitted set',
      problem: `it holds ${daySet ? `a set of kind "${daySet.kind}"` : 'intervals only'}, not "${wish.set}"`,
    });
  if (wish.size === 0) return {};
  return { set: wish.size === undefined ? daySet.set : resized(daySet, wish.size) };
}

/** Demand may rise by the whole half-width; wind can fall short by no more than what is expected of it. */
function shortfallKw({ kind, halfWidthKw, centreKw }: ComponentSet, width = 1): number[] {
  const widths = width === 1 ? halfWidthKw : halfWidthKw.map((kw) => width * kw);
  return kind === 'wind' ? widths.map((kw, slot) => Math.min(kw, Math.max(0, centreKw[slot]!))) : widths;
}

function only(components: ComponentSet[], kind: ComponentSet['kind']): ComponentSet {
  const found = components.find((component) => component.kind === kind);
  if (!found) throw new Error(`the fitted set has no ${kind} component`);
  return found;
}
