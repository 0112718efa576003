/** What every adapter of `Helpers` must do. Called from the adapter's own test file. */
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import { fleetTrade, type FleetsKnown } from '../sms/fleet-trade.ts';
import type { Helpers } from './helpers.ts';

const slots = 3;
const curveAt = (worth: number): CostCurve => ({
  netMw: [-5, -1, 1, 5],
  costUsd: [8 * worth, 0, -2 * worth, -3.2 * worth],
});
const known: FleetsKnown = {
  problem: smallSms(slots, { trucks: ['a', 'b'].map((id) => smallTruck(id)) }),
  curves: [0, 1].map((g) => [40, 10, 30].map((usd, slot) => curveAt(usd + 7 * g * slot))),
  seed: 3,
};
const wish = { steps: 3, from: null };

export function describeHelpers(name: string, createHelpers: () => Helpers): void {
  describe(`Helpers: ${name}`, () => {
    it('answers in the order asked, and as the same work does in the thread of whoever asks', async () => {
      const work = fleetTrade(known);
      const helper = createHelpers().open('sms-fleets', known);
      const replies = await Promise.all([1, 2, 3, 4].map((steps) => helper.ask({ ...wish, steps })));
      const wanted = [1, 2, 3, 4].map((steps) => ({ kind: 'done', answer: work({ ...wish, steps }) }));
      expect(replies).toEqual(wanted);
      expect(replies.flatMap((reply) => (reply.kind === 'done' ? reply.answer : [])).length).toBeGreaterThan(1);
      await helper.close();
    });

    it('keeps helpers apart', async () => {
      const helpers = createHelpers();
      const [one, other] = [helpers.open('sms-fleets', known), helpers.open('sms-fleets', known)];
      const first = await one.ask(wish);
      expect(first).toMatchObject({ kind: 'done' });
      expect(await other.ask(wish)).toEqual(first);
      await one.close();
      expect(await other.ask(wish)).toMatchObject({ kind: 'done' });
      await other.close();
    });

    it('tells what broke it, to every request from then on', async () => {
      const helper = createHelpers().open('sms-fleets', { ...known, curves: [] });
      const [first, second] = await Promise.all([helper.ask(wish), helper.ask(wish)]);
      expect(first).toMatchObject({ kind: 'failed', problem: expect.stringMatching(/./) });
      expect(second).toEqual(first);
      expect(await helper.ask(wish)).toEqual(first);
      await helper.close();
      expect(await helper.ask(wish)).toEqual(first);
    });

    it('answers nothing after it was closed, twice if need be', async () => {
      const helper = createHelpers().open('sms-fleets', known);
      await helper.close();
      await helper.close();
      expect(await helper.ask(wish)).toEqual({ kind: 'closed' });
    });
  });
}
