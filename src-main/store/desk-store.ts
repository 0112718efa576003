import type { DeskStore } from '../planning/ports.ts';
import { addAudit, lastActMs, listAudit } from './audit.ts';
import { backup } from './backup.ts';
import { endRun, listRuns, startRun } from './runs.ts';
import { getSetting, setSetting } from './settings.ts';
import { getSite, saveSite, siteSavedMs } from './sites.ts';
import type { StoreParts } from './store-parts.ts';

/** The desk's face of the store; what concerns the file itself (`info`, `close`) belongs to who opened it. */
export function deskStore({ nowMs, read, gate }: StoreParts): Omit<DeskStore, 'info' | 'close'> {
  return {
    getSite: () => read(getSite),
    siteSavedMs: () => read(siteSavedMs),
    saveSite: (site, operator) => gate.write((connection) => saveSite(connection, site, operator, nowMs())),
    getSetting: (key) => read((connection) => getSetting(connection, key)),
    setSetting: (key, value) => gate.write((connection) => setSetting(connection, key, value)),
    setSettingWithAudit: (key, value, entry) =>
      gate.write((connection) => {
        setSetting(connection, key, value);
        addAudit(connection, entry, nowMs());
      }),
    addAudit: (entry) => gate.write((connection) => addAudit(connection, entry, nowMs())),
    listAudit: (page) => read((connection) => listAudit(connection, page)),
    lastActMs: (act) => read((connection) => lastActMs(connection, act)),
    startRun: (run) => gate.write((connection) => startRun(connection, run)),
    endRun: (id, end) => gate.write((connection) => endRun(connection, id, end)),
    listRuns: (page) => read((connection) => listRuns(connection, page)),
    backup: (toFile, existing = 'keep') => read((connection) => backup(connection, toFile, existing)),
  };
}
