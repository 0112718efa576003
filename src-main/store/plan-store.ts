import type { PlanStore } from '../planning/ports.ts';
import { freezeSet, listFrozen } from './frozen-sets.ts';
import { approvePlan, attachTest, getAlteredContent, getPlan, listPlans, savePlan } from './plans.ts';
import { getPlanBasis, savePlanBasis } from './plan-bases.ts';
import { bringPlansBack, setPlansAside } from './set-aside.ts';
import { getSet, listSets, saveSet } from './sets.ts';
import type { StoreParts } from './store-parts.ts';
import { getSweep, listSweeps, saveSweep } from './sweeps.ts';

export function planStore({ nowMs, hash, read, gate }: StoreParts): PlanStore {
  return {
    saveSet: (record) => gate.write((connection) => saveSet(connection, record)),
    getSet: (id) => read((connection) => getSet(connection, id)),
    listSets: (day) => read((connection) => listSets(connection, day)),
    freezeSet: (frozen) => gate.write((connection) => freezeSet(connection, { ...frozen, frozenAtMs: nowMs() })),
    listFrozen: () => read(listFrozen),
    savePlan: (plan) => gate.write((connection) => savePlan(connection, plan, hash)),
    attachTest: (planId, test) => gate.write((connection) => attachTest(connection, planId, test, hash)),
    savePlanBasis: (planId, basis) => gate.write((connection) => savePlanBasis(connection, planId, basis, nowMs())),
    getPlanBasis: (planId) => read((connection) => getPlanBasis(connection, planId)),
    getPlan: (id) => read((connection) => getPlan(connection, id, hash)),
    getAlteredContent: (id) => read((connection) => getAlteredContent(connection, id)),
    listPlans: (day) => read((connection) => listPlans(connection, day)),
    approvePlan: (id, operator, reason) =>
      gate.write((connection) => approvePlan(connection, id, { operator, reason, atMs: nowMs() })),
    setPlansAside: (planIds, operator) =>
      gate.write((connection) => setPlansAside(connection, planIds, { operator, atMs: nowMs() })),
    bringPlansBack: (planIds, operator) =>
      gate.write((connection) => bringPlansBack(connection, planIds, { operator, atMs: nowMs() })),
    saveSweep: (day, key, points) => gate.write((connection) => saveSweep(connection, day, key, points, nowMs())),
    getSweep: (day, key) => read((connection) => getSweep(connection, day, key)),
    listSweeps: (day) => read((connection) => listSweeps(connection, day)),
  };
}
