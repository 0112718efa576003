import type { MobileStore } from '../planning/sms/mobile-ports.ts';
import { getMobileStorage, saveMobileStorage } from './mobile-definition.ts';
import { getRoads, listRoads, saveRoads } from './road-networks.ts';
import { approveSmsPlan, getSmsPlan, listSmsPlans, saveSmsPlan } from './sms-plans.ts';
import type { StoreParts } from './store-parts.ts';

export function mobileStore({ nowMs, hash, read, gate }: StoreParts): MobileStore {
  return {
    saveRoads: (record) => gate.write((connection) => saveRoads(connection, record, hash)),
    getRoads: (id) => read((connection) => getRoads(connection, id, hash)),
    listRoads: () => read(listRoads),
    getMobileStorage: () => read(getMobileStorage),
    saveMobileStorage: (storage, operator) =>
      gate.write((connection) => saveMobileStorage(connection, storage, operator, nowMs())),
    saveSmsPlan: (plan) => gate.write((connection) => saveSmsPlan(connection, plan, hash)),
    getSmsPlan: (id) => read((connection) => getSmsPlan(connection, id, hash)),
    listSmsPlans: (day) => read((connection) => listSmsPlans(connection, day)),
    approveSmsPlan: (id, operator, reason) =>
      gate.write((connection) => approveSmsPlan(connection, id, { operator, reason, atMs: nowMs() })),
  };
}
