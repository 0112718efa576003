/** What can be chosen on the routing screen, by pointer and by key, and how closely the map is looked at. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { text } from '../../charts/fixtures/show-view.ts';
import { accessibilityFaults } from '../../charts/fixtures/accessibility.ts';
import { map, ready, show } from './fixtures/routing.ts';

const surface = (): HTMLElement => map().element() as HTMLElement;
const roads = (): string => document.querySelector('[data-roads]')!.getAttribute('transform') ?? '';

/** The button goes down at one place of the map and up at another. */
function press(from: { x: number; y: number }, to = from): void {
  surface().setPointerCapture = () => undefined;
  const box = surface().getBoundingClientRect();
  const send = (type: string, at: { x: number; y: number }, buttons: number) =>
    surface().dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + at.x,
        clientY: box.top + at.y,
        buttons,
        button: type === 'pointermove' ? -1 : 0,
        pointerId: 1,
        bubbles: true,
      }),
    );
  send('pointerdown', from, 1);
  if (to !== from) send('pointermove', to, 1);
  send('pointerup', to, 0);
}

describe('choosing on the routing screen', () => {
  it('t goes from truck to truck and opens its card; Esc closes it', async () => {
    await show();
    await ready();
    (map().element() as HTMLElement).focus();
    await userEvent.keyboard('t');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Truck 1"]')).not.toBeNull());
    await userEvent.keyboard('t');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Truck 2"]')).not.toBeNull());
    expect(document.querySelectorAll('[data-string="0"].dim')).toHaveLength(1);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Mill"]')).not.toBeNull());
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.querySelector('[data-pane="Mill"]')).toBeNull());
  });

  it('a trip shows its travel time by hour and the roads it uses', async () => {
    await show();
    await ready();
    (map().element() as HTMLElement).focus();
    await userEvent.keyboard('t');
    await page.getByRole('button', { name: '01:00 drives to Mill: show the trip' }).click();
    await vi.waitFor(() => expect(text()).toContain('Travel time by hour of leaving'));
    expect(text()).toMatch(/longest 16\.8 min at 08:00/);
    expect(text()).toContain('East Street');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('a road under the pointer can be closed, both ways at once', async () => {
    const { stores } = await show();
    await ready();
    const drawn = [...document.querySelectorAll('[data-roads] path')].at(-1)!.getAttribute('d')!;
    const [x, y, x2, y2] = /M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)$/.exec(drawn)!.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    press({ x: 0.7 * x + 0.3 * x2, y: 0.7 * y + 0.3 * y2 });
    await page.getByRole('button', { name: /Close this stretch/ }).click();
    const [demand] = stores.reroute.demands;
    expect(demand?.kind === 'close-road' ? demand.links : []).toHaveLength(2);
  });
});

describe('looking at the map', () => {
  it('+ looks closer, Shift and arrows move, 0 shows all; the scale bar follows', async () => {
    await show();
    await ready();
    surface().focus();
    expect(roads()).toBe('');
    const bar = () => document.querySelector('g.scale')!.textContent;
    const whole = bar();
    await userEvent.keyboard('++++');
    await expect.poll(roads).toContain(`scale(${1.5 ** 4})`);
    expect(bar()).not.toBe(whole);
    const [before] = [roads()];
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.poll(roads).not.toBe(before);
    expect(document.querySelector('[role=slider][aria-label^="Map of"]')!.getAttribute('aria-valuenow')).toBe('0');
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('-');
    await expect.poll(roads).toContain('scale(3.375');
    await userEvent.keyboard('0');
    await expect.poll(roads).toBe('');
    expect(bar()).toBe(whole);
  });

  it('has buttons for those who use no keys, and a wheel that is the page’s until the map has the focus', async () => {
    await show();
    await ready();
    await page.getByRole('button', { name: 'Look closer' }).click();
    await expect.poll(roads).toContain('scale(1.5)');
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(roads).toBe('');
    const box = surface().getBoundingClientRect();
    const turn = () =>
      surface().dispatchEvent(
        new WheelEvent('wheel', { deltaY: -100, clientX: box.left + 40, clientY: box.top + 40, cancelable: true }),
      );
    expect(turn()).toBe(true);
    surface().focus();
    expect(turn()).toBe(false);
    await expect.poll(roads).toContain('scale(1.28');
  });

  it('is dragged when looked at closely, which chooses nothing', async () => {
    await show();
    await ready();
    surface().focus();
    await userEvent.keyboard('+++');
    await expect.poll(roads).not.toBe('');
    const before = roads();
    press({ x: 200, y: 150 }, { x: 240, y: 130 });
    await expect.poll(roads).not.toBe(before);
    expect(document.querySelector('.chosen-road')).toBeNull();
    expect(text()).not.toContain('Close this stretch');
  });

  it('keeps what is chosen by key in view', async () => {
    await show();
    await ready();
    surface().focus();
    await userEvent.keyboard('{ArrowDown}+++++++');
    await expect.poll(roads).not.toBe('');
    for (let place = 0; place < 3; place++) {
      await userEvent.keyboard('{ArrowDown}');
      const box = surface().getBoundingClientRect();
      const mark = document.querySelector('.place.chosen > :is(circle, rect)')!.getBoundingClientRect();
      expect(mark.left).toBeGreaterThan(box.left);
      expect(mark.right).toBeLessThan(box.right);
      expect(mark.top).toBeGreaterThan(box.top);
      expect(mark.bottom).toBeLessThan(box.bottom);
    }
  });

  it('roads are walked by key, said as they come, and one stretch of them is closed', async () => {
    const { stores } = await show();
    await ready();
    surface().focus();
    await userEvent.keyboard('{ArrowDown}r');
    await vi.waitFor(() => expect(text()).toContain('Close this stretch'));
    const chosen = () => document.querySelector('.chosen-road')!.getAttribute('d');
    const first = chosen();
    await userEvent.keyboard('r');
    await expect.poll(chosen).not.toBe(first);
    const said = () => document.querySelector('[data-chart^="Map of"] [aria-live]')!.textContent;
    expect(said()).toMatch(/\skm, [\d.]+\smin$/);
    const second = chosen();
    await userEvent.keyboard('j');
    await expect.poll(chosen).not.toBe(second);
    expect(await accessibilityFaults()).toEqual([]);
    await userEvent.keyboard('c');
    const [demand, ...more] = stores.reroute.demands;
    expect(more).toEqual([]);
    expect(demand?.kind === 'close-road' ? demand.links : []).toHaveLength(2);
    await vi.waitFor(() => expect(text()).toMatch(/avoids one stretch of (East Street|North Road), [\d.]+\skm/));
    expect(stores.notices.current?.text).toContain('demanded closed');
  });
});
