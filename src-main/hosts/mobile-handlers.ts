/** The calls about roads, mobile storage and its plans, answered by use-cases of planning. */
import { Refusal } from '../base/errors.ts';
import type { Handlers } from '../contract/calls.ts';
import type { mobileStorageCalls } from '../contract/mobile-storage.ts';
import type { roadsCalls } from '../contract/roads.ts';
import type { smsCalls } from '../contract/sms.ts';

type MobileHandlers = Pick<Handlers, keyof typeof roadsCalls | keyof typeof mobileStorageCalls | keyof typeof smsCalls>;

const noneStored = (): never => {
  throw new Refusal('no-mobile-storage');
};

export function mobileHandlers(): MobileHandlers {
  return {
    'roads.list': () => [],
    'roads.get': () => null,
    'roads.preview': noneStored,
    'roads.import': noneStored,
    'mobile.get': () => null,
    'mobile.save': noneStored,
    'sms.list': () => [],
    'sms.get': ({ planId }) => {
      throw new Refusal('plan-not-found', { id: planId });
    },
    'sms.make': noneStored,
    'sms.export': noneStored,
  };
}
