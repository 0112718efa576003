import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../styles/base.css';
import DataTable from './DataTable.svelte';

test('the chosen row is scrolled to inside the table, and the page stays where it is', async () => {
  const props = {
    caption: 'Slots',
    columns: [{ id: 'slot', label: 'Slot', value: (row: unknown) => `slot ${String(row)}` }],
    rows: Array.from({ length: 96 }, (_, slot) => slot),
    rowKey: (row: unknown) => Number(row),
    onselect: () => undefined,
    maxHeight: '200px',
  };
  const { container, rerender } = await render(DataTable, { ...props, selectedKey: 0 });
  container.style.paddingTop = '3000px';
  const scroller = container.querySelector<HTMLElement>('.scroll')!;
  const inView = (slot: number): boolean => {
    const row = container.querySelectorAll('tbody tr')[slot]!.getBoundingClientRect();
    const head = container.querySelector('thead')!.getBoundingClientRect();
    return row.top >= head.bottom - 1 && row.bottom <= scroller.getBoundingClientRect().bottom + 1;
  };
  await rerender({ selectedKey: 80 });
  await expect.poll(() => inView(80)).toBe(true);
  await rerender({ selectedKey: 3 });
  await expect.poll(() => inView(3)).toBe(true);
  expect(document.scrollingElement!.scrollTop).toBe(0);
  container.style.paddingTop = '';
});
