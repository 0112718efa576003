import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFocus } from './keep-focus.ts';

let screen: HTMLElement;
let stop: () => void;

beforeEach(() => {
  document.body.innerHTML = `<main tabindex="-1">
    <section data-pane="Plan" tabindex="-1"><button>Replay</button></section>
    <section data-pane="What if" tabindex="-1"><ul><li><button>Keep as the plan</button></li></ul></section>
  </main>
  <aside><button>Approve</button></aside>`;
  screen = document.querySelector('main')!;
  stop = keepFocus(screen);
});
afterEach(() => {
  stop();
  document.body.innerHTML = '';
});

const button = (name: string): HTMLButtonElement =>
  [...document.querySelectorAll('button')].find((one) => one.textContent === name)!;
const pane = (name: string): HTMLElement => document.querySelector(`[data-pane="${name}"]`)!;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('a row that goes away leaves the focus to its pane', async () => {
  button('Keep as the plan').focus();
  pane('What if').querySelector('li')!.remove();
  await settled();
  expect(document.activeElement).toBe(pane('What if'));
});

test('a pane that goes away leaves the focus to the screen', async () => {
  button('Keep as the plan').focus();
  pane('What if').remove();
  await settled();
  expect(document.activeElement).toBe(screen);
});

test('so does one that goes while a dialog has the focus, once the dialog closes', async () => {
  button('Keep as the plan').focus();
  button('Approve').focus();
  pane('What if').remove();
  await settled();
  expect(document.activeElement).toBe(button('Approve'));
  document.querySelector('aside')!.remove();
  await settled();
  expect(document.activeElement).toBe(screen);
});

test('who has left the focus or holds it elsewhere keeps it so', async () => {
  button('Replay').focus();
  button('Replay').blur();
  pane('What if').remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
  button('Replay').focus();
  pane('Plan').append(document.createElement('p'));
  await settled();
  expect(document.activeElement).toBe(button('Replay'));
});
