/** Every chart: a named, focusable element without accessibility faults, read slot by slot with the keys and announced. */
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../styles/base.css';
import { planFixture } from '../stores/fixtures/plan-fixture.ts';
import AggregatorMultiples from './AggregatorMultiples.svelte';
import CoverageStrip from './CoverageStrip.svelte';
import DispatchChart from './DispatchChart.svelte';
import DotPlot from './DotPlot.svelte';
import FanChart from './FanChart.svelte';
import { fitFixture } from './fixtures/fit.ts';
import { sweepFixture } from './fixtures/sweep.ts';
import HeatStrip from './HeatStrip.svelte';
import Histogram from './Histogram.svelte';
import RiskCurve from './RiskCurve.svelte';
import SlotTable from './SlotTable.svelte';
import YearSeries from './YearSeries.svelte';

const fit = fitFixture();
const plan = planFixture();
const sweep = sweepFixture();
const wind = fit.components.find((component) => component.kind === 'wind')!;
const axis = fit.horizon;
const interval = {
  lowerKw: wind.centreKw.map((centre, slot) => centre - wind.halfWidthKw[slot]!),
  upperKw: wind.centreKw.map((centre, slot) => centre + wind.halfWidthKw[slot]!),
  nominal: 0.95,
};
const supply = plan.gas.map((unit) => ({ ...unit, meaning: 'gas' as const }));
const year = Float64Array.from({ length: 2000 }, (_, i) => (i > 500 && i < 520 ? NaN : 1000 + 100 * Math.sin(i / 15)));

type Props = Record<string, unknown>;
type Chart = (props: Props) => PromiseLike<{ rerender: (props: never) => Promise<void> }>;
const slotCharts: Record<string, Chart> = {
  FanChart: (props) =>
    render(FanChart, {
      title: 'Wind',
      axis,
      meaning: 'wind',
      ...wind,
      interval,
      sampleDays: 'shown',
      ...props,
    } as never),
  CoverageStrip: (props) =>
    render(CoverageStrip, {
      title: 'Coverage',
      axis,
      ...wind.coverage,
      promise: wind.coverage.judgement.state,
      ...props,
    } as never),
  DispatchChart: (props) =>
    render(DispatchChart, {
      title: 'Dispatch',
      axis,
      supply,
      demand: [],
      loadKw: plan.loadKw,
      committedDemandKw: plan.committedDemandKw,
      reserve: plan.reserve,
      ...props,
    } as never),
  AggregatorMultiples: (props) =>
    render(AggregatorMultiples, {
      title: 'Aggregators',
      axis,
      aggregators: plan.aggregators,
      chosen: 'a1',
      onchoose: vi.fn(),
      ...props,
    } as never),
};
const otherCharts: Record<string, Chart> = {
  RiskCurve: (props) =>
    render(RiskCurve, {
      title: 'Risk',
      ...sweep,
      missing: [1.25],
      boundOf: 'Bound of one limit',
      targetChance: 0.05,
      chanceScale: 'log',
      chosen: 2,
      onchoose: vi.fn(),
      ...props,
    } as never),
  DotPlot: (props) => render(DotPlot, { title: 'Days', dots: plan.test!.dots, ...props } as never),
  Histogram: (props) =>
    render(Histogram, {
      title: 'Errors',
      edges: [-2, -1, 0, 1, 2],
      counts: [1, 4, 5, 2],
      unit: 'MW',
      counted: 'hours',
      ...props,
    } as never),
  HeatStrip: (props) =>
    render(HeatStrip, {
      title: 'Valid share',
      rows: [{ id: 1, name: 'Load', days: ['2023-06-01', '2023-06-02'], validShare: [1, 0.5], flagged: [0, 3] }],
      chosen: { row: 0, day: '2023-06-02' },
      onchoose: vi.fn(),
      ...props,
    } as never),
  YearSeries: (props) =>
    render(YearSeries, {
      title: 'Load',
      lines: [
        { id: 1, name: 'Load', meaning: 'load', startUtcMs: Date.UTC(2023, 2, 20), stepMinutes: 15, values: year },
      ],
      unit: 'MW',
      zone: 'Europe/Berlin',
      ...props,
    } as never),
};

const show = (chart: Chart, props: Props = {}) => chart(props);
const plot = () => page.getByRole('slider');
const said = () => document.querySelector('[aria-live]')?.textContent ?? '';

describe('charts', () => {
  for (const [name, chart] of Object.entries({ ...slotCharts, ...otherCharts }))
    it(`${name} has a name, a summary, a drawing and no accessibility faults`, async () => {
      await show(chart, { atSlot: 40, onslot: vi.fn() });
      await expect.element(plot()).toHaveAccessibleName(/\w/);
      await expect.element(plot()).toHaveAccessibleDescription(/\w{3}/);
      await vi.waitFor(() => expect(document.querySelector('[role=slider] svg, [role=slider] canvas')).not.toBeNull());
      for (const path of document.querySelectorAll('path, rect, circle, line, text'))
        for (const { value } of path.attributes) expect(value).not.toMatch(/NaN|Infinity|undefined/);
      const found = await axe.run(document.body, {
        rules: {
          region: { enabled: false },
          'page-has-heading-one': { enabled: false },
          'landmark-one-main': { enabled: false },
        },
      });
      expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    });

  for (const [name, chart] of Object.entries(slotCharts))
    it(`${name} is read by slot and hour with the keys, aloud`, async () => {
      const onslot = vi.fn();
      const { rerender } = await show(chart, { atSlot: 40, onslot });
      expect(said()).toBe('');
      (plot().element() as HTMLElement).focus();
      await vi.waitFor(() => expect(said()).toContain('10:00–10:15'));
      const before = said();
      for (const [key, slot] of [
        ['{ArrowRight}', 41],
        ['{ArrowLeft}', 39],
        ['{PageDown}', 44],
        ['{PageUp}', 36],
        ['{Home}', 0],
        ['{End}', 95],
      ] as const) {
        await userEvent.keyboard(key);
        expect(onslot).toHaveBeenLastCalledWith(slot);
      }
      await rerender({ atSlot: 41 } as never);
      await vi.waitFor(() => expect(said()).toContain('10:15–10:30'));
      expect(said()).not.toBe(before);
      await expect.element(plot()).toHaveAttribute('aria-valuetext', expect.stringContaining('10:15–10:30'));
    });

  it('a click moves the time cursor to the slot under it', async () => {
    const onslot = vi.fn();
    await show(slotCharts.DispatchChart!, { atSlot: 0, onslot });
    await vi.waitFor(() => expect(document.querySelector('[role=slider] svg')).not.toBeNull());
    const width = plot().element().getBoundingClientRect().width;
    await plot().click({ position: { x: 56 + ((width - 70) * 48.5) / 96, y: 60 } });
    expect(onslot).toHaveBeenLastCalledWith(48);
  });

  it('a slot short of reserve is marked as an exception, a healthy day is not', async () => {
    const healthy = await show(slotCharts.DispatchChart!, { atSlot: 0, onslot: vi.fn() });
    await vi.waitFor(() => expect(document.querySelector('[role=slider] svg path')).not.toBeNull());
    expect(document.querySelector('[data-exception]')).toBeNull();
    await healthy.rerender({
      reserve: { requiredKw: plan.reserve.requiredKw, availableKw: plan.reserve.requiredKw.map((kw) => kw - 1) },
    } as never);
    expect(document.querySelectorAll('[data-exception="1"]')).toHaveLength(1);
  });

  it('coverage marks take the exception colour only when the set disagrees with its promise', async () => {
    const shown = await show(slotCharts.CoverageStrip!, { atSlot: 0, onslot: vi.fn(), promise: 'kept' });
    await vi.waitFor(() => expect(document.querySelector('path.low')).not.toBeNull());
    expect(document.querySelector('[data-exception]')).toBeNull();
    await shown.rerender({ promise: 'wider' } as never);
    expect(document.querySelector('[data-exception]')).toBeNull();
    await shown.rerender({ promise: 'broken' } as never);
    expect(document.querySelectorAll('[data-exception="1"]').length).toBeGreaterThan(5);
  });

  it('the risk curve moves by quarters, with Shift by ones, and Enter uses the choice', async () => {
    const [onchoose, onuse] = [vi.fn(), vi.fn()];
    await show(otherCharts.RiskCurve!, { onchoose, onuse });
    (plot().element() as HTMLElement).focus();
    for (const [key, alpha] of [
      ['{ArrowRight}', 2.25],
      ['{ArrowLeft}', 1.75],
      ['{Shift>}{ArrowRight}{/Shift}', 3],
      ['{End}', 5],
    ] as const) {
      await userEvent.keyboard(key);
      expect(onchoose).toHaveBeenLastCalledWith(alpha);
    }
    await userEvent.keyboard('{Enter}');
    expect(onuse).toHaveBeenCalledWith(2);
    expect(said()).toContain('1,420 of 10,000');
  });

  it('the dot plot counts the days that run short and reads them', async () => {
    await show(otherCharts.DotPlot!);
    const short = plan.test!.dots.filter((dot) => dot.unservedKwh > 0).length;
    await vi.waitFor(() => expect(document.querySelectorAll('circle.bad')).toHaveLength(short));
    await expect.element(page.getByText(`${short} of 50 days like this run short.`).first()).toBeVisible();
    (plot().element() as HTMLElement).focus();
    await vi.waitFor(() => expect(said()).toContain('unserved'));
  });

  it('the year series zooms, reads and jumps between flags with the keys', async () => {
    const onflag = vi.fn();
    const from = Date.UTC(2023, 2, 25);
    const flags = [1, 2].map((id) => ({
      id,
      kind: 'gap',
      fromUtcMs: from + id * 86_400_000,
      toUtcMs: from + id * 86_400_000 + 3_600_000,
      detail: 'no values',
    }));
    await show(otherCharts.YearSeries!, { flags, onflag });
    (plot().element() as HTMLElement).focus();
    await userEvent.keyboard('n');
    expect(onflag).toHaveBeenLastCalledWith(flags[0]);
    // The clock changed on 26 March: the instant is read on the new wall clock with its offset.
    await vi.waitFor(() => expect(said()).toContain('2023-03-26 01:00+01:00'));
    expect(said()).toContain('flagged gap: no values');
    const before = said();
    await userEvent.keyboard('{ArrowRight}');
    await vi.waitFor(() => expect(said()).not.toBe(before));
    await userEvent.keyboard('+++0');
    await userEvent.keyboard('p');
    expect(onflag).toHaveBeenLastCalledWith(flags[1]);
  });

  it('the table twin has a row per slot and follows the cursor', async () => {
    const onslot = vi.fn();
    await render(SlotTable, {
      caption: 'Load',
      axis,
      columns: [{ id: 'load', label: 'Load', unit: 'kW', values: plan.loadKw }],
      atSlot: 12,
      onslot,
    });
    expect(document.querySelectorAll('tbody tr')).toHaveLength(96);
    const row = document.querySelector<HTMLElement>('tr[aria-current]')!;
    expect(row.textContent).toContain('03:00–03:15');
    row.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(onslot).toHaveBeenLastCalledWith(13);
  });
});
