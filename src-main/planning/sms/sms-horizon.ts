/** The slots of a plan as times: those of the site it was made for, whatever the site has become since. */
import { dayHorizon, type Horizon } from '../../base/horizon.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';

export const smsHorizon = ({ day, storage, provenance }: SmsPlanRecord): Horizon =>
  dayHorizon(day, provenance.zone, storage.slotMinutes);
