/** Every number of the risk screen leads to what it was computed from, by pointer and by keys. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { isoDayBefore, measured } from '../../charts/fixtures/day.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { sweepFixture } from '../../charts/fixtures/sweep.ts';
import { backTestFixture } from '../../stores/fixtures/back-test-fixture.ts';
import { deskFixture, jobFixture } from '../../stores/fixtures/desk-fixture.ts';
import { fixtureTransport } from '../../stores/fixtures/fixture-transport.ts';
import { doubtedPlan, recourseFixture, replayFixture } from './fixtures/doubted-plan.ts';
import RiskView from './RiskView.svelte';

const days = Array.from({ length: 20 }, (_, at) => ({
  day: isoDayBefore(20 - at),
  unservedKwh: at === 4 ? 4.5 : 0,
  violatedSlots: at === 4 ? 3 : 0,
  firstSlot: at === 4 ? 76 : null,
}));

async function shown() {
  const { id, createdAtMs, asked } = backTestFixture();
  const transport = fixtureTransport({
    'desk.state': () => deskFixture({ site: { ...deskFixture().site!, components: 5 } }),
    'plan.get': () => doubtedPlan({ backTest: { days, violated: measured(1, 20) } }),
    'plan.replayWorst': () => replayFixture(),
    'plan.compareRecourse': () => ({ jobId: 'compare-1' }),
    'risk.curves': () => [sweepFixture('ellipsoid', 1.1), sweepFixture()],
    'backtest.list': () => [{ id, createdAtMs, asked }],
    'backtest.get': () => backTestFixture(),
  });
  const view = await showView(RiskView, transport);
  await state('full');
  const compared = view.stores.recourse.compare();
  await vi.waitFor(() => expect(view.stores.recourse.jobId).toBe('compare-1'));
  transport.emit('job', jobFixture({ id: 'compare-1', kind: 'compare', state: 'done', result: recourseFixture() }));
  await compared;
  await page.getByRole('radio', { name: 'Of the set' }).click();
  await page.getByRole('button', { name: 'Replay it' }).click();
  await expect.element(page.getByText('exactly the robust cost of the plan', { exact: false })).toBeVisible();
  return view;
}

const pane = (name: string) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`)!;
const dialog = () => document.querySelector<HTMLElement>('[data-explanation]');
const folded = (element: Element | null): string => (element?.textContent ?? '').replaceAll(/\s+/g, ' ');

async function close() {
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(dialog()).toBeNull());
}

describe('the numbers of the risk screen', () => {
  it('can all be pressed, in every panel and its table', async () => {
    await shown();
    const untraced = () =>
      [...document.querySelectorAll('main [data-quantity]')]
        .filter((number) => number.closest('[data-traced]') === null && !/^[–\s]*$/.test(number.textContent))
        .map(
          (number) => `${number.closest('[data-pane]')?.getAttribute('data-pane')}: ${folded(number.parentElement)}`,
        );
    expect(document.querySelectorAll('main [data-quantity]').length).toBeGreaterThan(150);
    expect(untraced()).toEqual([]);
    for (const name of ['Chance and cost', 'Worst day']) {
      pane(name).querySelector<HTMLButtonElement>('[data-twin]')!.click();
      await vi.waitFor(() => expect(pane(name).querySelectorAll('tbody tr').length).toBeGreaterThan(8));
    }
    expect(untraced()).toEqual([]);
  });

  it('tell rule, inputs with units and the stored record, once for each panel', async () => {
    await shown();
    const opened = [...document.querySelectorAll<HTMLElement>('main [data-pane]')].flatMap((panel) => {
      const buttons = [...panel.querySelectorAll<HTMLButtonElement>('[data-traced]')];
      return buttons.length === 0 ? [] : [{ name: panel.dataset['pane']!, button: buttons.at(-1)! }];
    });
    expect(opened.length).toBeGreaterThanOrEqual(9);
    for (const { name, button } of opened) {
      button.click();
      await vi.waitFor(() => expect(dialog(), name).not.toBeNull());
      expect(folded(dialog()!.querySelector('p')).length, name).toBeGreaterThan(40);
      const inputs = dialog()!.querySelectorAll('dd, tbody td').length;
      expect(inputs, name).toBeGreaterThan(2);
      expect(folded(dialog()), name).not.toMatch(/NaN|undefined|\[object/);
      await close();
    }
    (pane('The plan on the desk').querySelector('[data-traced]') as HTMLElement).click();
    await vi.waitFor(() => expect(folded(dialog())).toContain('plan-0001'));
    expect(folded(dialog())).toContain('9f2c4d1ab03e');
    expect(folded(dialog())).toContain('set-2023-06-15-a');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('are reached by keys inside a table: → from the row, ↓ in the column, Esc back, Enter opens', async () => {
    await shown();
    const table = pane('Kinds at the wanted chance').querySelector('table')!;
    const row = table.querySelector<HTMLTableRowElement>('tbody tr[tabindex="0"]')!;
    row.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement?.closest('td')?.cellIndex).toBe(1);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    const column = document.activeElement?.closest('td')?.cellIndex;
    const from = document.activeElement?.closest('tr')?.rowIndex ?? 0;
    await userEvent.keyboard(from === 1 ? '{ArrowDown}' : '{ArrowUp}');
    expect(document.activeElement?.closest('td')?.cellIndex).toBe(column);
    expect(document.activeElement?.closest('tr')?.rowIndex).not.toBe(from);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
    await close();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement?.tagName).toBe('TR');
  });

  it('lead on to the place they come from', async () => {
    const { stores } = await shown();
    const takes = [...pane('Worst day').querySelectorAll<HTMLElement>('[data-traced]')].find((one) =>
      folded(one).includes('45.25'),
    )!;
    takes.click();
    await expect.element(page.getByRole('heading', { name: 'Worst day of the set' })).toBeVisible();
    expect(folded(dialog())).toContain('EV pool energy, at 23:45–24:00');
    await page.getByRole('button', { name: 'Open the schedule at 23:45–24:00' }).click();
    expect(stores.route.screen).toBe('schedule');
    expect(stores.cursor.slot).toBe(95);
  });
});
