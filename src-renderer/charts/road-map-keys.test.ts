import { expect, it, vi } from 'vitest';
import { roadMapAct, type RoadMapActs } from './road-map-keys.ts';

const acts = (change: Partial<RoadMapActs> = {}): RoadMapActs => ({
  pan: vi.fn(),
  zoom: vi.fn(),
  fit: vi.fn(),
  walkOn: vi.fn(),
  walkBack: vi.fn(),
  walkAside: vi.fn(),
  closeRoad: vi.fn(),
  play: vi.fn(),
  nextTruck: vi.fn(),
  nextPlace: vi.fn(),
  open: vi.fn(),
  leave: vi.fn(),
  ...change,
});

it('moves what is seen with Shift and the arrows, and leaves plain arrows sideways to the slots', () => {
  const of = acts();
  roadMapAct({ key: 'ArrowLeft', shiftKey: true }, of)!();
  expect(of.pan).toHaveBeenCalledWith(0.25, 0);
  expect(roadMapAct({ key: 'ArrowLeft', shiftKey: false }, of)).toBeNull();
  roadMapAct({ key: 'ArrowUp', shiftKey: false }, of)!();
  expect(of.nextPlace).toHaveBeenCalledWith(-1);
});

it('looks closer and wider by the same factor, and walks back with the capital', () => {
  const of = acts();
  roadMapAct({ key: '+', shiftKey: true }, of)!();
  roadMapAct({ key: '-', shiftKey: false }, of)!();
  const [[closer], [wider]] = vi.mocked(of.zoom).mock.calls as [[number], [number]];
  expect(closer * wider).toBeCloseTo(1, 12);
  roadMapAct({ key: 'R', shiftKey: true }, of)!();
  expect(of.walkBack).toHaveBeenCalledOnce();
  expect(of.walkOn).not.toHaveBeenCalled();
});

it('has no act where there is nothing to act on, and none for other keys', () => {
  const of = acts({ walkAside: null, closeRoad: null, play: null });
  for (const key of ['j', 'c', ' ', 'x', 'Tab']) expect(roadMapAct({ key, shiftKey: false }, of), key).toBeNull();
});
