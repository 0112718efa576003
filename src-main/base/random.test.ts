import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

describe('seededRandom', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (r) => () =>
            r.uniform()
        )(seededRandom(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
  it('draws uniforms and normals with the right first two moments', () => {
    const random = seededRandom(1);
    const n = 200_000;
    let mean = 0;
    let sum = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      mean += random.uniform() / n;
      const z = random.normal();
      sum += z / n;
      square += (z * z) / n;
    }
    expect(mean).toBeCloseTo(0.5, 2);
    expect(sum).toBeCloseTo(0, 2);
    expect(square).toBeCloseTo(1, 1);
  });
});
