/** Every call of the contract answered by a use-case of planning, area by area. */
import type { Handlers } from '../../contract/calls.ts';
import { backTestHandlers } from './back-test-handlers.ts';
import { deskHandlers } from './desk-handlers.ts';
import { marketHandlers } from './market-handlers.ts';
import { mobileHandlers } from './mobile-handlers.ts';
import { networkHandlers } from './network-handlers.ts';
import type { HandlerParts } from './parts.ts';
import { planHandlers } from './plan-handlers.ts';
import { riskHandlers } from './risk-handlers.ts';
import { telemetryHandlers } from './telemetry-handlers.ts';
import { uncertaintyHandlers } from './uncertainty-handlers.ts';

export const createHandlers = (parts: HandlerParts): Handlers => ({
  ...deskHandlers(parts),
  ...telemetryHandlers(parts),
  ...uncertaintyHandlers(parts),
  ...planHandlers(parts),
  ...riskHandlers(parts),
  ...backTestHandlers(parts),
  ...mobileHandlers(parts),
  ...marketHandlers(parts),
  ...networkHandlers(parts),
});
