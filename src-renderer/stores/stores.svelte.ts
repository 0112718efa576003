/** All stores of the desk, made once over one client and handed to the views by context. */
import { createContext } from 'svelte';
import type { Client } from '../../src-main/contract/client.ts';
import { ApprovalStore } from './approval.svelte.ts';
import { BackTestStore } from './back-test.svelte.ts';
import { DeskClock } from './clock.svelte.ts';
import { TimeCursor } from './cursor.svelte.ts';
import { DayTime } from './day-time.svelte.ts';
import { DeskStore } from './desk.svelte.ts';
import { DoubtsStore } from './doubts.svelte.ts';
import { DraftStore } from './draft.svelte.ts';
import { FeederImportStore } from './feeder-import.svelte.ts';
import { FitStore } from './fit.svelte.ts';
import { GhostStore } from './ghost.svelte.ts';
import { ImportStore } from './import.svelte.ts';
import { JobsStore } from './jobs.svelte.ts';
import {
  kindsStore,
  objectivesStore,
  recourseStore,
  type KindsStore,
  type ObjectivesStore,
  type RecourseStore,
} from './comparisons.ts';
import { MarketStore } from './market.svelte.ts';
import { MobileFormStore } from './mobile-form.svelte.ts';
import { NetworkStore } from './network.svelte.ts';
import { NoticeStore } from './notices.svelte.ts';
import { OwnRoutesStore } from './own-routes.svelte.ts';
import { PaperStore } from './paper.svelte.ts';
import { PlacementStore } from './placement.svelte.ts';
import { PlanStore } from './plan.svelte.ts';
import { PlansStore } from './plans.svelte.ts';
import { RerouteStore } from './reroute.svelte.ts';
import { RiskStore } from './risk.svelte.ts';
import { RouteStore } from './route.svelte.ts';
import { RoutingStore } from './routing.svelte.ts';
import { PlanSettings } from './settings.svelte.ts';
import { SiteStore } from './site.svelte.ts';
import { SlotRangeStore } from './slot-range.svelte.ts';
import { TariffStore } from './tariffs.svelte.ts';
import { TelemetryStore } from './telemetry.svelte.ts';
import { VppStore } from './vpp.svelte.ts';

export interface Stores {
  approval: ApprovalStore;
  backTest: BackTestStore;
  clock: DeskClock;
  cursor: TimeCursor;
  dayTime: DayTime;
  desk: DeskStore;
  doubts: DoubtsStore;
  draft: DraftStore;
  feederImport: FeederImportStore;
  fit: FitStore;
  ghost: GhostStore;
  import: ImportStore;
  jobs: JobsStore;
  kinds: KindsStore;
  recourse: RecourseStore;
  objectives: ObjectivesStore;
  market: MarketStore;
  mobileForm: MobileFormStore;
  network: NetworkStore;
  tariffs: TariffStore;
  vpp: VppStore;
  notices: NoticeStore;
  ownRoutes: OwnRoutesStore;
  paper: PaperStore;
  placement: PlacementStore;
  plan: PlanStore;
  plans: PlansStore;
  reroute: RerouteStore;
  risk: RiskStore;
  route: RouteStore;
  routing: RoutingStore;
  settings: PlanSettings;
  site: SiteStore;
  slotRange: SlotRangeStore;
  telemetry: TelemetryStore;
}

export const [getStores, setStores] = createContext<Stores>();

export function createStores(client: Client): Stores {
  const clock = new DeskClock();
  const cursor = new TimeCursor();
  const settings = new PlanSettings();
  const desk = new DeskStore(client);
  const jobs = new JobsStore(client);
  const plan = new PlanStore({ client, cursor, desk, jobs, settings });
  const ghost = new GhostStore(client, plan);
  const routing = new RoutingStore({ client, desk, jobs });
  const plans = new PlansStore({ client, desk, plan, routing });
  const approval = new ApprovalStore({ plan, plans, routing });
  return {
    approval,
    clock,
    cursor,
    dayTime: new DayTime(cursor),
    desk,
    jobs,
    settings,
    backTest: new BackTestStore({ client, desk, jobs, settings }),
    market: new MarketStore({ client, desk, jobs }),
    mobileForm: new MobileFormStore(client),
    tariffs: new TariffStore(client, plan),
    vpp: new VppStore({ client, jobs, plan }),
    network: new NetworkStore(client, plan),
    notices: new NoticeStore(),
    feederImport: new FeederImportStore(client, jobs),
    placement: new PlacementStore(client),
    fit: new FitStore({ client, cursor, desk, settings }),
    import: new ImportStore(client, jobs),
    kinds: kindsStore({ client, desk, jobs, settings }),
    recourse: recourseStore({ client, desk, jobs, settings }),
    objectives: objectivesStore({ client, desk, jobs, settings }),
    ownRoutes: new OwnRoutesStore({ client, plan, routing, settings }),
    paper: new PaperStore(),
    plan,
    plans,
    doubts: new DoubtsStore(client, desk),
    draft: new DraftStore({ approval, client, desk, ghost, jobs, plan, settings }),
    ghost,
    risk: new RiskStore({ client, desk, jobs, settings }),
    reroute: new RerouteStore(client, routing),
    route: new RouteStore(),
    routing,
    site: new SiteStore(client),
    slotRange: new SlotRangeStore(cursor),
    telemetry: new TelemetryStore(client),
  };
}

/** Listens to the core and reads what every screen needs; returns a function that stops it. */
export function startStores(stores: Stores): () => void {
  const stops = [
    stores.clock.start(),
    stores.jobs.start(),
    stores.desk.start(),
    stores.plan.start(),
    stores.telemetry.start(),
    stores.risk.start(),
    stores.backTest.start(),
    stores.route.start(),
    stores.routing.start(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
