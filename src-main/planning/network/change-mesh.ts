/** The meshed network with what an operator has turned: limits of its lines. It knows no voltages, so nothing else can be. */
import { Refusal } from '../../base/errors.ts';
import type { Mesh } from '../../models/mesh/mesh.ts';
import type { NetworkChanges } from '../site.ts';

/** @throws Refusal `bad-site` for a line the network does not have or has twice, and for settings of voltages. */
export function meshWithChanges(mesh: Mesh, changes: NetworkChanges): Mesh {
  const refuse = (path: string, problem: string): never => {
    throw new Refusal('bad-site', { path: `network.changes.${path}`, problem });
  };
  const { slackVoltagePu, busLimits = [], lineLimits = [], capacitors = [] } = changes;
  const ofVoltage = `is a setting of voltages, which a DC power flow of ${mesh.name} does not know`;
  if (slackVoltagePu !== undefined) refuse('slackVoltagePu', ofVoltage);
  if (busLimits.length > 0) refuse('busLimits', ofVoltage);
  if (capacitors.length > 0) refuse('capacitors', ofVoltage);
  const lines = [...mesh.lines];
  lineLimits.forEach(({ from, to, limitMva }, index) => {
    const found = [...lines.keys()].filter((l) => {
      const line = lines[l]!;
      return (line.from === from && line.to === to) || (line.from === to && line.to === from);
    });
    if (found.length !== 1)
      refuse(
        `lineLimits[${index}]`,
        `names line ${from}–${to}, which ${mesh.name} ${found.length === 0 ? 'does not have' : `has ${found.length} of; change them in its file`}`,
      );
    lines[found[0]!] = { ...lines[found[0]!]!, limitMw: limitMva };
  });
  return { ...mesh, lines };
}
