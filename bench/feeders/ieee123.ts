/** What the tables of the IEEE 123 node test feeder do not hold, and how they are read as a balanced equivalent. */
import type { OpenDssFeeder } from '../../src-main/telemetry/feeders/read-opendss-tables.ts';

export const ieee123: OpenDssFeeder = {
  substation: '150',
  baseKv: 4.16,
  slackVoltagePu: 1,
  voltageMinPu: 0.9,
  voltageMaxPu: 1.1,
  // Four regulators, at ratio 1, and the transformer to the 480 V bus 610, which carries no load.
  links: [
    ['150', '150r'],
    ['9', '9r'],
    ['25', '25r'],
    ['160', '160r'],
    ['61s', '610'],
  ],
  linkOhm: 1e-4,
  capacitors: [
    { bus: '83', kvar: 600 },
    { bus: '88', kvar: 50 },
    { bus: '90', kvar: 50 },
    { bus: '92', kvar: 50 },
  ],
  openEnding: '_OPEN',
};
