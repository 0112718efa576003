/** What is picked out on the schedule screen: a range of the day, one series, another plan behind. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { deskFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { planFixture, summaryOf } from '../../stores/fixtures/plan-fixture.ts';
import ScheduleView from './ScheduleView.svelte';

const show = (transport = fixtureTransport()) => showView(ScheduleView, transport);

describe('picking out and comparing', () => {
  it('a range is selected by Shift and keys, by typing and by dragging, adds up, and is cleared with Esc', async () => {
    const { stores } = await show();
    await state('full');
    const chart = page.getByRole('slider', { name: /Dispatch/ }).element() as HTMLElement;
    expect(document.querySelector('[data-pane="Whole day"]')).not.toBeNull();
    chart.focus();
    stores.cursor.set(40);
    await userEvent.keyboard('{Shift>}{ArrowRight}{PageDown}{/Shift}');
    expect(stores.slotRange.selected).toEqual({ fromSlot: 40, toSlot: 45 });
    await expect.element(page.getByRole('heading', { name: 'Range 10:00–11:30' })).toBeVisible();
    const load = () =>
      Number(document.querySelector('[data-pane^="Range"] tbody td')!.textContent!.replaceAll(',', ''));
    const expected = planFixture()
      .loadKw.subarray(40, 46)
      .reduce((sum, kw) => sum + kw / 4, 0);
    expect(load()).toBeCloseTo(expected, 0);
    expect(document.querySelectorAll('[data-chart^="Aggregators"] [data-range]')).toHaveLength(6);
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(stores.slotRange.selected).toBeNull();

    await page.getByLabelText('From').fill('06:00');
    await page.getByLabelText('To', { exact: true }).fill('05:00');
    await userEvent.tab();
    await expect.element(page.getByText('must end after it begins', { exact: false })).toBeVisible();
    expect(stores.slotRange.selected).toEqual({ fromSlot: 24, toSlot: 95 });
    await page.getByLabelText('To', { exact: true }).fill('730');
    await userEvent.tab();
    expect(stores.slotRange.selected).toEqual({ fromSlot: 24, toSlot: 29 });
    await page.getByRole('button', { name: 'Clear range' }).click();
    expect(stores.slotRange.selected).toBeNull();

    const box = chart.getBoundingClientRect();
    const at = (slot: number) => box.left + 56 + ((box.width - 70) * (slot + 0.5)) / 96;
    const move = (type: string, slot: number) =>
      chart.dispatchEvent(
        new PointerEvent(type, {
          clientX: at(slot),
          clientY: box.top + 60,
          buttons: 1,
          button: 0,
          pointerId: 1,
          bubbles: true,
        }),
      );
    chart.setPointerCapture = () => undefined;
    move('pointerdown', 60);
    expect(stores.slotRange.selected).toBeNull();
    move('pointermove', 66);
    move('pointermove', 52);
    expect(stores.slotRange.selected).toEqual({ fromSlot: 52, toSlot: 60 });
    expect(stores.cursor.slot).toBe(52);
  });

  it('shows one series alone, says how many are hidden, and all again', async () => {
    await show();
    await state('full');
    const drawn = () => document.querySelectorAll('[data-chart^="Dispatch"] svg path[fill^="url"]').length;
    const all = drawn();
    const wind = page.getByRole('button', { name: /^Wind/ });
    await wind.click();
    await expect.element(wind).toHaveAttribute('aria-pressed', 'true');
    expect(drawn()).toBe(1);
    await expect.element(page.getByText('Only Wind is shown; 5 series are hidden.')).toBeVisible();
    const highest = () => document.querySelector('[data-chart^="Dispatch"] .value-axis text')!.textContent;
    const fixed = highest();
    await page.getByRole('button', { name: 'Fit the scale to it' }).click();
    await vi.waitFor(() => expect(highest()).not.toBe(fixed));
    expect(await accessibilityFaults()).toEqual([]);
    await wind.click();
    expect(drawn()).toBe(all);
    expect(document.body.textContent).not.toContain('series are hidden');
  });

  it('another plan of the day stands behind as outlines with what differs, or is refused in words', async () => {
    const [plan, other] = [planFixture(), planFixture({ id: 'plan-0002', protection: 2 })];
    other.gas[0]!.valueKw = other.gas[0]!.valueKw.map((kw, slot) => (slot < 10 ? kw + 50 : kw));
    const short = planFixture({ id: 'plan-0003' });
    short.horizon = { ...short.horizon, slotMinutes: 30, slots: 48 };
    const plans = [plan, other, short];
    await show(
      fixtureTransport({
        'desk.state': () =>
          deskFixture({ plans: plans.map((one, age) => ({ ...summaryOf(one), createdAtMs: 1000 - age })) }),
        'plan.get': ({ planId }) => plans.find((one) => one.id === planId)!,
      }),
    );
    await state('full');
    expect(document.querySelector('[data-ghost]')).toBeNull();
    await page.getByLabelText('Ghost').selectOptions('plan-0002');
    await vi.waitFor(() => expect(document.querySelector('[data-difference]')).not.toBeNull());
    expect(document.querySelector('[data-difference]')!.textContent).toContain('10 of 96 slots differ');
    await expect.element(page.getByText('Ghost: α 2, 828.8 USD, plan-0002')).toBeVisible();
    expect(document.querySelectorAll('[data-chart^="Aggregators"] [data-ghost]')).toHaveLength(6);
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByLabelText('Ghost').selectOptions('plan-0003');
    await expect.element(page.getByText('48 slots of 30 minutes', { exact: false })).toBeVisible();
    expect(document.querySelector('[data-ghost]')).toBeNull();
    await page.getByLabelText('Ghost').selectOptions('');
    await vi.waitFor(() => expect(document.body.textContent).not.toContain('48 slots of 30 minutes'));
  });
});
