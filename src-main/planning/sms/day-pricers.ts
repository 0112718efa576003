/** Helpers that price days (day-trade.ts): each request goes to the one with the fewest before it. */
import type { Helper, HelperReply, Helpers } from '../helpers/helpers.ts';
import type { DaysKnown, DaysWish } from './day-trade.ts';

interface Pricer {
  helper: Helper<'sms-days'>;
  waiting: number;
}

export class DayPricers {
  readonly #pricers: Pricer[];

  constructor(helpers: Helpers, known: DaysKnown) {
    const count = Math.max(1, helpers.threads);
    this.#pricers = Array.from({ length: count }, () => ({ helper: helpers.open('sms-days', known), waiting: 0 }));
  }

  async ask(wish: DaysWish): Promise<HelperReply<'sms-days'>> {
    const pricer = this.#pricers.reduce((least, other) => (other.waiting < least.waiting ? other : least));
    pricer.waiting++;
    const reply = await pricer.helper.ask(wish);
    pricer.waiting--;
    return reply;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pricers.map(({ helper }) => helper.close()));
  }
}
