import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { createClient } from '../../src-main/contract/client.ts';
import type { PlanSummaryPayload } from '../../src-main/contract/plan.ts';
import { deskFixture } from '../stores/fixtures/desk-fixture.ts';
import { fixtureTransport } from '../stores/fixtures/fixture-transport.ts';
import { planFixture, summaryOf } from '../stores/fixtures/plan-fixture.ts';
import { smsPlanFixture, smsSummaryOf } from '../stores/fixtures/sms-fixture.ts';
import { expectAccessible } from '../stores/fixtures/stage.ts';
import { createStores } from '../stores/stores.svelte.ts';
import '../styles/base.css';
import App from './App.svelte';

const shown = summaryOf(planFixture());
const whatIf = (id: string, change: Partial<PlanSummaryPayload> = {}): PlanSummaryPayload => ({
  ...shown,
  id,
  basedOn: shown.id,
  createdAtMs: shown.createdAtMs + 1000,
  ...change,
});

/** A core that remembers what is set aside. */
async function opened() {
  const aside = new Set<string>(['old']);
  const plans = [shown, whatIf('first'), whatIf('second'), whatIf('old')];
  const trucks = { ...smsSummaryOf(smsPlanFixture()), id: 'other-trucks' };
  const marked = <Plan extends { id: string }>(plan: Plan) => ({ ...plan, setAside: aside.has(plan.id) });
  const transport = fixtureTransport({
    'desk.state': () => deskFixture({ plans: plans.map(marked) }),
    'sms.list': () => [smsSummaryOf(smsPlanFixture()), trucks].map(marked),
    'plans.setAside': ({ planIds }) => {
      planIds.forEach((id) => aside.add(id));
      return { planIds };
    },
    'plans.bringBack': ({ planIds }) => {
      planIds.forEach((id) => aside.delete(id));
      return { planIds };
    },
  });
  const stores = createStores(createClient(transport));
  const { container } = await render(App, { stores });
  await expect.poll(() => stores.plan.current.value).not.toBeNull();
  await expect.poll(() => stores.routing.current.value).not.toBeNull();
  return { aside, container, stores, transport };
}

const listed = (): (string | null)[] =>
  [...document.querySelectorAll('[role=dialog] tbody tr')].map((row) => row.querySelector('th')!.textContent);

test('Ctrl+O lists the plans of the day; those set aside only when asked for', async () => {
  await opened();
  await userEvent.keyboard('{Control>}o{/Control}');
  await expect.poll(listed).toHaveLength(5);
  expect(listed()).toEqual(expect.arrayContaining(['first', 'second', 'other-trucks', shown.id]));
  await page.getByLabelText('Show set aside (1)').click();
  await expect.poll(listed).toContain('old');
  const dialog = document.querySelector('[role=dialog]')!;
  expect(dialog.textContent.replaceAll(/\s+/g, ' ')).toMatch(/6 plans take 1\.78 MB of a database of [\d.]+ MB/);
  await expectAccessible(dialog);
});

test('the idle drafts are set aside at one press, never the plan on the desk; undo brings them back', async () => {
  const { aside, transport } = await opened();
  await userEvent.keyboard('{Control>}o{/Control}');
  await expect
    .element(page.getByRole('button', { name: `Set aside plan ${shown.id}` }))
    .toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Set 3 idle drafts aside' }).click();
  await expect.poll(listed).toEqual([shown.id, smsSummaryOf(smsPlanFixture()).id]);
  expect([...aside].sort()).toEqual(['first', 'old', 'other-trucks', 'second']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => [...aside]).toEqual(['old']);
  expect(transport.calls.filter(({ name }) => name === 'plans.bringBack')).toHaveLength(1);
});

test('a plan is shown on the desk from the list', async () => {
  const { stores, transport } = await opened();
  await userEvent.keyboard('{Control>}o{/Control}');
  await page.getByRole('button', { name: 'Show plan second' }).click();
  await expect.poll(() => stores.route.screen).toBe('schedule');
  expect(transport.calls.findLast(({ name }) => name === 'plan.get')?.payload).toEqual({ planId: 'second' });
  expect(document.querySelector('[role=dialog]')).toBeNull();
});

test('approving sets the other drafts of the day aside, unless they are to be kept', async () => {
  const { aside, stores, transport } = await opened();
  const approve = async (): Promise<void> => {
    await userEvent.keyboard('{Control>}s{/Control}');
    await page.getByLabelText('Reason').fill('as discussed');
  };
  await approve();
  const choice = page.getByLabelText('Set the other 2 drafts of the day aside');
  await expect.element(choice).toBeChecked();
  await expectAccessible(document.querySelector('[role=dialog]')!);
  await choice.click();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect.element(page.getByText('The plan is approved.')).toBeVisible();
  expect(transport.calls.some(({ name }) => name === 'plans.setAside')).toBe(false);
  stores.approval.otherDrafts = 'set-aside';
  await approve();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect.poll(() => [...aside].sort()).toEqual(['first', 'old', 'second']);
});
