/** Sets as things: frozen, brought back, compared by kind, described. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { comparisonFixture, fitFixture, frozenFixture } from '../../charts/fixtures/fit.ts';
import { showView, state } from '../../charts/fixtures/show-view.ts';
import { fixtureTransport, refuse } from '../../stores/fixtures/fixture-transport.ts';
import UncertaintyView from './UncertaintyView.svelte';

const fitted = () => fixtureTransport({ 'uncertainty.fit': (options) => ({ ...fitFixture(), options }) });

const show = (transport = fitted()) => showView(UncertaintyView, transport);

describe('sets of the uncertainty screen', () => {
  it('freezes the set under a name, and says why when the name is taken', async () => {
    const { stores, transport } = await show();
    await state('full');
    transport.answer({ 'uncertainty.freeze': () => refuse('name-taken', { name: 'Spring', when: '2023-05-01' }) });
    await page.getByRole('button', { name: 'Freeze this set …' }).click();
    await page.getByLabelText('Name').fill('Spring');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Freeze', exact: true }).click();
    await expect.element(page.getByText('"Spring" already, frozen on 2023-05-01', { exact: false })).toBeVisible();
    transport.answer({
      'uncertainty.freeze': ({ name, setId }) => ({ name, setId }),
      'uncertainty.frozen': () => [frozenFixture()],
    });
    await page.getByLabelText('Note').fill('calm weeks');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(stores.fit.freezing).toBe(false));
    expect(transport.calls.filter(({ name }) => name === 'uncertainty.freeze').at(-1)?.payload).toEqual({
      setId: fitFixture().setId,
      name: 'Spring',
      note: 'calm weeks',
    });
    await expect.element(page.getByRole('row', { name: /Spring/ })).toBeVisible();
  });

  it('plans from a frozen set that fits, refuses one that does not, and goes back to fitting', async () => {
    const other = frozenFixture({ name: 'Old', setId: 'set-old', whyNot: 'it knows nothing of "Depot"' });
    const { stores, transport } = await show(
      fixtureTransport({
        'uncertainty.frozen': () => [frozenFixture(), other],
        'uncertainty.fit': (options) => ({
          ...fitFixture(),
          options,
          frozen: options.setId ? { setId: options.setId, name: 'Spring', day: '2023-05-01' } : null,
        }),
      }),
    );
    await state('full');
    await page.getByRole('row', { name: /Old/ }).click();
    await expect
      .element(page.getByText('It cannot stand for 2023-06-15: it knows nothing of "Depot".').first())
      .toBeVisible();
    await page.getByRole('row', { name: /Spring/ }).click();
    await page.getByRole('button', { name: 'Plan from "Spring"' }).click();
    await expect.element(page.getByText('Its widths and evidence stand', { exact: false })).toBeVisible();
    await vi.waitFor(() => expect(stores.fit.current.value?.frozen?.name).toBe('Spring'));
    expect(stores.settings.planOptions('2023-06-15', 5).fit.setId).toBe('set-spring');
    expect(stores.fit.whyNotFreeze).toContain('frozen already');
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Fit anew', exact: true }).click();
    await vi.waitFor(() => expect(stores.fit.current.value?.frozen).toBeNull());
    expect(transport.calls.filter(({ name }) => name === 'uncertainty.fit').at(-1)?.payload).not.toHaveProperty(
      'setId',
    );
  });

  it('compares the kinds of set: red only where a promise is broken; the one chosen is planned with', async () => {
    const { stores, transport } = await show(
      fixtureTransport({
        'uncertainty.fit': (options) => ({ ...fitFixture(), options }),
        'plan.compareSets': () => ({ jobId: 'compare-1' }),
      }),
    );
    await state('full');
    await page.getByRole('radio', { name: 'Kinds of set' }).click();
    await page.getByRole('button', { name: 'Compare the kinds' }).click();
    const job = {
      id: 'compare-1',
      kind: 'compare',
      title: 'Compare sets',
      state: 'running',
      phases: ['Fit and solve: interval'],
      phase: 0,
      share: null,
      detail: '',
      startedAtMs: 0,
      elapsedMs: 10,
      budgetSeconds: null,
      result: null,
      error: null,
    };
    transport.emit('job', job);
    await vi.waitFor(() =>
      expect(document.querySelector('[data-pane="Kinds of set"]')?.textContent).toContain('Fit and solve: interval'),
    );
    transport.emit('job', { ...job, state: 'done', result: comparisonFixture() });
    await expect.element(page.getByRole('row', { name: /Intervals/ })).toBeVisible();
    expect(transport.calls.find(({ name }) => name === 'plan.compareSets')?.payload).toMatchObject({
      day: '2023-06-15',
      kinds: expect.arrayContaining(['interval', 'wasserstein']) as unknown,
    });
    const red = document.querySelectorAll('[data-pane="Kinds of set"] tbody [data-exception="1"]');
    expect([...red].map((mark) => mark.closest('tr')?.textContent)).toEqual([expect.stringContaining('Budget')]);
    await page.getByRole('row', { name: /Ellipsoid/ }).click();
    await expect.element(page.getByText('No plan: Demand at 18:00 cannot be met.')).toBeVisible();
    await page.getByRole('row', { name: /Intervals/ }).click();
    expect(await accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Plan with intervals' }).click();
    expect(stores.settings.planOptions('2023-06-15', 5).set).toBe('interval');
    expect(stores.kinds.isOutdated).toBe(true);
  });

  it('names every symbol of its method', async () => {
    await show();
    await state('full');
    const card = document.querySelector('[data-pane="Method"]')!;
    expect(card.textContent).toContain('k = ⌈(N + 1) δ⌉');
    expect(card.textContent).toContain('Vovk, Gammerman, Shafer 2005');
    expect(card.querySelectorAll('dt')).toHaveLength(7);
  });
});
