/** Gas units and stationary storage of a site; the same fields as the scheduling model reads. */
import { z } from 'zod';
import {
  anyNumber,
  efficiency,
  fieldsOf,
  identity,
  named,
  needs,
  notNegative,
  obeying,
  oneOf,
  positive,
  wholeBetween,
  type Fault,
} from './site-fields.ts';

const initialState = z.discriminatedUnion(
  'state',
  [
    fieldsOf({ state: z.literal('free') }),
    fieldsOf({ state: z.enum(['on', 'off']), hours: notNegative, outputKw: notNegative.nullable() }),
  ],
  { error: (issue) => (typeof issue.input === 'object' ? 'must be free, on or off' : needs('an object')(issue)) },
);

export const gasUnit = fieldsOf({
  id: identity,
  name: named,
  minKw: notNegative,
  maxKw: positive,
  rampKwPerHour: positive,
  costLinearPerKwh: anyNumber,
  costQuadraticPerKwh2: notNegative,
  costSegments: wholeBetween(1, 200),
  noLoadPerHour: notNegative,
  startUpCost: notNegative,
  shutDownCost: notNegative,
  minimumUpHours: notNegative,
  minimumDownHours: notNegative,
  commitment: oneOf(['committed', 'always-on']),
  initial: initialState,
}).check(
  obeying(({ minKw, maxKw, initial }): Fault[] => [
    ...(maxKw < minKw ? [{ path: ['maxKw'], message: `must be at least minKw (${minKw}), not ${maxKw}` }] : []),
    ...(initial.state === 'on' && initial.outputKw !== null && (initial.outputKw < minKw || initial.outputKw > maxKw)
      ? [
          {
            path: ['initial', 'outputKw'],
            message: `must be from minKw (${minKw}) to maxKw (${maxKw}), or null, not ${initial.outputKw}`,
          },
        ]
      : []),
    ...(initial.state === 'off' && initial.outputKw !== null && initial.outputKw !== 0
      ? [{ path: ['initial', 'outputKw'], message: `must be 0 or null while off, not ${initial.outputKw}` }]
      : []),
  ]),
);

export const storageUnit = fieldsOf({
  id: identity,
  name: named,
  minKwh: notNegative,
  maxKwh: positive,
  initialKwh: notNegative,
  finalMinKwh: notNegative,
  chargeKw: notNegative,
  dischargeKw: notNegative,
  chargeEfficiency: efficiency,
  dischargeEfficiency: efficiency,
  degradationPerKwh: notNegative,
}).check(
  obeying((unit): Fault[] => [
    ...(unit.maxKwh < unit.minKwh
      ? [{ path: ['maxKwh'], message: `must be at least minKwh (${unit.minKwh}), not ${unit.maxKwh}` }]
      : (['initialKwh', 'finalMinKwh'] as const)
          .filter((field) => unit[field] < unit.minKwh || unit[field] > unit.maxKwh)
          .map((field) => ({
            path: [field],
            message: `must be from minKwh (${unit.minKwh}) to maxKwh (${unit.maxKwh}), not ${unit[field]}`,
          }))),
  ]),
);
