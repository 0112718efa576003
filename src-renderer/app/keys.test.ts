import { expect, test } from 'vitest';
import { isPressed } from './keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test('a shortcut needs exactly the modifiers it names', () => {
  expect(isPressed('Ctrl+K', press('k', { ctrlKey: true }))).toBe(true);
  expect(isPressed('Ctrl+K', press('k', { metaKey: true }))).toBe(true);
  expect(isPressed('Ctrl+K', press('k'))).toBe(false);
  expect(isPressed('Ctrl+K', press('k', { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(isPressed('F6', press('F6', { shiftKey: true }))).toBe(false);
  expect(isPressed('Shift+F6', press('F6', { shiftKey: true }))).toBe(true);
  expect(isPressed('Ctrl+.', press('.', { ctrlKey: true }))).toBe(true);
});
