/** A typed local time ("2023-03-26 02:30", with or without its offset) as an instant of a zone. Nothing is guessed. */
import { zoneOf } from '../../../src-main/base/zone.ts';

export type LocalInstant = { kind: 'instant'; utcMs: number } | { kind: 'problem'; problem: string };

const pattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00)?(?:([+-]\d\d):?(\d\d))?$/;

export function parseLocalInstant(text: string, zoneId: string): LocalInstant {
  const match = pattern.exec(text.trim());
  const localMs = match ? Date.parse(`${match[1]}T${match[2]}:00Z`) : Number.NaN;
  if (match === null || Number.isNaN(localMs)) return { kind: 'problem', problem: 'Write it as 2023-06-15 14:15.' };
  const found = zoneOf(zoneId).resolveLocal(localMs);
  if (match[3] !== undefined) {
    const utcMs = Date.parse(`${match[1]}T${match[2]}:00${match[3]}:${match[4]}`);
    if (zoneOf(zoneId).toLocal(utcMs) !== localMs)
      return { kind: 'problem', problem: `The offset is not that of ${zoneId} at this time.` };
    return { kind: 'instant', utcMs };
  }
  if (found.kind === 'once') return { kind: 'instant', utcMs: found.utcMs };
  if (found.kind === 'gap')
    return { kind: 'problem', problem: `This time does not exist in ${zoneId}: the clocks go forward.` };
  const offset = (utcMs: number): string => zoneOf(zoneId).format(utcMs).slice(19);
  const choices = `${offset(found.first)} or ${offset(found.second)}`;
  return { kind: 'problem', problem: `This time comes twice; add its offset, ${choices}.` };
}

/** "2023-06-15 14:15", with the offset where the hour comes twice. */
export function writeLocalInstant(utcMs: number, zoneId: string): string {
  const text = zoneOf(zoneId).format(utcMs);
  const twice = zoneOf(zoneId).resolveLocal(zoneOf(zoneId).toLocal(utcMs)).kind === 'twice';
  return `${text.slice(0, 10)} ${text.slice(11, 16)}${twice ? text.slice(19) : ''}`;
}
