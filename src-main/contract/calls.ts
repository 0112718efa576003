/** Every call and event between renderer and core, by name. One schema per direction; nothing else crosses. */
import type { z } from 'zod';
import type { ErrorReport } from '../base/errors.ts';
import { backTestCalls } from './back-test.ts';
import { deskCalls, events } from './desk.ts';
import { feederCalls } from './feeders.ts';
import { marketCalls } from './market.ts';
import { networkCalls } from './network.ts';
import { mobileStorageCalls } from './mobile-storage.ts';
import { draftCalls } from './drafts.ts';
import { planCalls } from './plan.ts';
import { riskCalls } from './risk-curve.ts';
import { roadsCalls } from './roads.ts';
import { runCalls } from './runs.ts';
import { setAsideCalls } from './set-aside.ts';
import { siteRouteCalls } from './site-routes.ts';
import { siteCalls } from './site.ts';
import { smsCalls } from './sms.ts';
import { tariffCalls } from './tariffs.ts';
import { telemetryCalls } from './telemetry.ts';
import { uncertaintyCalls } from './uncertainty.ts';
import { vppCalls } from './vpp.ts';

export const calls = {
  ...deskCalls,
  ...runCalls,
  ...siteCalls,
  ...telemetryCalls,
  ...uncertaintyCalls,
  ...planCalls,
  ...riskCalls,
  ...draftCalls,
  ...setAsideCalls,
  ...roadsCalls,
  ...mobileStorageCalls,
  ...smsCalls,
  ...siteRouteCalls,
  ...backTestCalls,
  ...marketCalls,
  ...vppCalls,
  ...tariffCalls,
  ...feederCalls,
  ...networkCalls,
};
export { events };

export type CallName = keyof typeof calls;
export type Request<Name extends CallName> = z.infer<(typeof calls)[Name]['request']>;
export type Response<Name extends CallName> = z.infer<(typeof calls)[Name]['response']>;
export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;
export type AnyEvent = { [Name in EventName]: { name: Name; payload: EventPayload<Name> } }[EventName];

export type Reply<Value> = { ok: true; value: Value } | { ok: false; error: ErrorReport };
export type Handlers = { [Name in CallName]: (request: Request<Name>) => Promise<Response<Name>> | Response<Name> };
