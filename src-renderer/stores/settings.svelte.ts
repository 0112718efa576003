import {
  defaultFit,
  defaultProtection,
  defaultSet,
  defaultTargetDays,
  defaultTimeLimitSeconds,
} from '../../src-main/contract/defaults.ts';
import type { PlanOptionsPayload, RecourseKind } from '../../src-main/contract/plan.ts';
import type { NetworkChangesPayload } from '../../src-main/contract/network-changes.ts';
import type { NetworkModelPayload } from '../../src-main/contract/network-model.ts';
import type { ObjectiveWishPayload } from '../../src-main/contract/objectives.ts';
import type { PriceWishPayload } from '../../src-main/contract/plan-prices.ts';
import type { ServiceWishPayload } from '../../src-main/contract/plan-services.ts';
import type { TruckWishPayload } from '../../src-main/contract/plan-trucks.ts';
import type { FitOptionsPayload } from '../../src-main/contract/uncertainty.ts';

const isDayKind = (kind: PlanOptionsPayload['set']): boolean => kind !== 'interval' && kind !== 'budget';

export type FitSettings = Omit<FitOptionsPayload, 'day'>;

/** How tomorrow is planned: the draft's settings, shared by the screens that show or change them. */
export class PlanSettings {
  set = $state(defaultSet);
  /** α; null until chosen, then kept within [0, components]. */
  chosenProtection = $state<number | null>(null);
  /** Sizes chosen for the kinds other than the budget, on their own scales; the fitted one where none is. */
  sizes = $state.raw<Partial<Record<PlanOptionsPayload['set'], number>>>({});
  fit = $state.raw<FitSettings>(defaultFit);
  /** Who answers a deviation. */
  recourse = $state<RecourseKind>('affine');
  /** Γ: slots of a day that may deviate fully at once; null: all of them. Asked of the budget only. */
  slotProtection = $state<number | null>(null);
  /** Whether what the site doubts of output and efficiency is planned for. */
  coefficients = $state<'trusted' | 'doubted'>('doubted');
  /** Whether cars are taken to keep to their plan. */
  cars = $state<'trusted' | 'doubted'>('trusted');
  prices = $state.raw<PriceWishPayload>({ treatment: 'published', set: 'interval', moment: 'now' });
  /** How the feeder enters the plan, and the lowest voltage kept at any bus; null: as the site says. */
  network = $state<NetworkModelPayload | null>(null);
  voltageMinPu = $state<number | null>(null);
  /** Tap, limits and capacitors of the feeder; null: as the site says. */
  networkChanges = $state.raw<NetworkChangesPayload | null>(null);
  /** What plans are made for; null: the cost. */
  objectives = $state.raw<ObjectiveWishPayload | null>(null);
  /** Null: as mobile storage is defined. */
  trucks = $state.raw<TruckWishPayload | null>(null);
  /** Null: as the site says. */
  services = $state<ServiceWishPayload | null>(null);
  timeLimitSeconds = $state(defaultTimeLimitSeconds);
  /** The wanted chance of a violation, as "at most 1 day in …". */
  targetDays = $state(defaultTargetDays);

  /** Largest wanted chance of any violation in a day. */
  get targetChance(): number {
    return 1 / this.targetDays;
  }

  /** α in force for a site of this many components: the chosen one, else two thirds of full protection in whole steps. */
  protection(components: number): number {
    if (this.set === 'interval') return components;
    return Math.min(this.chosenProtection ?? defaultProtection(components), components);
  }

  /** The size of the next plan's set: α for a budget. */
  chooseSize(kind: PlanOptionsPayload['set'], size: number): void {
    if (kind === 'budget') this.chosenProtection = size;
    else this.sizes = { ...this.sizes, [kind]: size };
  }

  changeFit(change: Partial<FitSettings>): void {
    this.fit = { ...this.fit, ...change };
  }

  /** A frozen set by id in place of fitting; null: fit. The options of fitting are kept for then. */
  useSet(setId: string | null): void {
    const { setId: _, ...fitted } = this.fit;
    this.fit = setId === null ? fitted : { ...fitted, setId };
  }

  fitOptions(day: string): FitOptionsPayload {
    // Intervals are always fitted; a kind that learns whole days is fitted besides them.
    return isDayKind(this.set) ? { day, ...this.fit, set: this.set } : { day, ...this.fit };
  }

  /** @param set another kind than the draft's */
  planOptions(day: string, components: number, set = this.set): PlanOptionsPayload {
    const size = set === 'budget' ? undefined : this.sizes[set];
    const recourse = this.recourseFor(set);
    return {
      day,
      set,
      protection: this.protection(components),
      ...(size === undefined ? {} : { size }),
      fit: this.fit,
      timeLimitSeconds: this.timeLimitSeconds,
      ...(recourse === 'affine' ? {} : { recourse }),
      ...(this.coefficients === 'doubted' ? {} : { coefficients: this.coefficients }),
      ...(set === 'budget' && this.slotProtection !== null ? { slotProtection: this.slotProtection } : {}),
    };
  }

  /** Shares of single resources are stated for intervals and budgets, full recourse for stated days too; other sets leave them to the EV pool. */
  get recourseInForce(): RecourseKind {
    return this.recourseFor(this.set);
  }
  recourseFor(set: PlanOptionsPayload['set']): RecourseKind {
    const ofDays = this.recourse === 'full' && (set === 'scenarios' || set === 'support');
    return isDayKind(set) && this.recourse !== 'static' && !ofDays ? 'affine' : this.recourse;
  }

  /** What a plan is made with: it treats the day's prices and takes trucks besides. */
  makeOptions(
    day: string,
    components: number,
    set = this.set,
  ): PlanOptionsPayload & {
    prices?: PriceWishPayload;
    trucks?: TruckWishPayload;
    services?: ServiceWishPayload;
    objectives?: ObjectiveWishPayload;
  } {
    return {
      ...this.planOptions(day, components, set),
      ...(this.cars === 'trusted' ? {} : { cars: this.cars }),
      ...(this.network === null ? {} : { network: this.network }),
      ...(this.voltageMinPu === null ? {} : { voltageMinPu: this.voltageMinPu }),
      ...(this.networkChanges === null ? {} : { networkChanges: this.networkChanges }),
      ...(this.prices.treatment === 'published' ? {} : { prices: this.prices }),
      ...(this.trucks === null ? {} : { trucks: this.trucks }),
      ...(this.services === null ? {} : { services: this.services }),
      ...(this.objectives === null ? {} : { objectives: this.objectives }),
    };
  }
}
