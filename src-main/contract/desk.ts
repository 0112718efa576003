/** The desk itself: state at a glance, jobs, audit, events. */
import { z } from 'zod';
import { errorReport } from './error-report.ts';
import { isoDay } from './series.ts';
import { topology } from './feeders.ts';
import { networkChanges } from './network-changes.ts';
import { networkModel } from './network-model.ts';
import { exception, planSummary, recourseRound } from './plan.ts';
import { sweepPoint, sweepView } from './risk-curve.ts';
import { setKind } from './uncertainty.ts';
import { smsRound } from './sms.ts';
import { importKind } from './telemetry.ts';

export const deskState = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser', 'cli']),
  operator: z.string(),
  site: z
    .object({
      name: z.string(),
      zone: z.string(),
      currency: z.string(),
      slotMinutes: z.number(),
      aggregators: z.array(z.object({ id: z.string(), name: z.string() })),
      /** L, the largest meaningful protection: aggregators + load + wind. */
      components: z.number(),
      /** When this version of it was saved. */
      savedAtMs: z.number(),
      /** Whether a plan offers what the site states beside energy when it does not say; null: the site states nothing. */
      services: z.enum(['always', 'on-request']).nullable(),
      /** Kind and limits of the network under it; null: it stands on none. */
      network: z
        .object({
          topology,
          feederId: z.string().nullable(),
          model: networkModel,
          voltageMinPu: z.number(),
          voltageMaxPu: z.number(),
          changes: networkChanges,
        })
        .nullable(),
    })
    .nullable(),
  /** When a fill rule was last changed; null for never. */
  fillRulesSavedAtMs: z.number().nullable(),
  /** When trucks, terminals and grids were last saved; null for never. */
  mobileStorageSavedAtMs: z.number().nullable(),
  database: z.object({ file: z.string(), schemaVersion: z.number(), bytes: z.number() }),
  /** The day a plan is due for: the first day after the last full day of actual telemetry. Null without telemetry. */
  tomorrow: isoDay.nullable(),
  /** Newest value per kind, for the freshness strip. */
  freshness: z.array(
    z.object({ kind: importKind, name: z.string(), fromUtcMs: z.number(), toUtcMs: z.number(), flagged: z.number() }),
  ),
  plans: z.array(planSummary),
  /** Data-level exceptions that hold before any plan exists. */
  exceptions: z.array(exception),
});
export type DeskPayload = z.infer<typeof deskState>;

export const job = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'draft', 'sweep', 'dial', 'compare', 'backtest', 'import', 'demo', 'backup', 'sms', 'market']),
  title: z.string(),
  state: z.enum(['running', 'cancelling', 'done', 'cancelled', 'failed']),
  /** Named phases in order and which one runs. */
  phases: z.array(z.string()),
  phase: z.number(),
  /** Share done of the running phase, null when unknown. */
  share: z.number().nullable(),
  /** One line of numbers: "incumbent 812.4 EUR, bound 809.9, gap 0.3 %", "412,000 rows, 310,000 rows/s". */
  detail: z.string(),
  startedAtMs: z.number(),
  elapsedMs: z.number(),
  budgetSeconds: z.number().nullable(),
  result: z.unknown().nullable(),
  error: errorReport.nullable(),
});
export type JobPayload = z.infer<typeof job>;

export const backupResult = z.object({ file: z.string(), bytes: z.number() });
export type BackupResult = z.infer<typeof backupResult>;

export const auditEntry = z.object({
  id: z.number(),
  atMs: z.number(),
  operator: z.string(),
  act: z.string(),
  subject: z.string(),
  detail: z.unknown(),
});

export const deskCalls = {
  'desk.state': { request: z.object({}), response: deskState },
  'desk.loadDemo': { request: z.object({}), response: z.object({ jobId: z.string() }) },
  'desk.setOperator': {
    request: z.object({ operator: z.string().min(1).max(80) }),
    response: z.object({ operator: z.string() }),
  },
  /** A name without a folder is taken beside the database. The job's result is `backupResult`. */
  'desk.backup': {
    request: z.object({ file: z.string().min(1), existing: z.enum(['keep', 'replace']) }),
    response: z.object({ jobId: z.string() }),
  },
  'jobs.list': { request: z.object({}), response: z.array(job) },
  'jobs.cancel': { request: z.object({ jobId: z.string() }), response: z.object({ answered: z.boolean() }) },
  /** Stop a solve and keep its best checked incumbent. */
  'jobs.useBest': { request: z.object({ jobId: z.string() }), response: z.object({ answered: z.boolean() }) },
  'audit.list': {
    request: z.object({ offset: z.number(), limit: z.number().max(1000) }),
    response: z.object({ total: z.number(), entries: z.array(auditEntry) }),
  },
};

export const events = {
  job,
  'sweep-curve': z.object({ jobId: z.string(), curve: sweepView }),
  'sweep-point': z.object({ jobId: z.string(), kind: setKind, point: sweepPoint }),
  'recourse-round': z.object({ jobId: z.string(), round: recourseRound }),
  'sms-round': z.object({ jobId: z.string(), round: smsRound }),
  /** Something stored changed; stores that show it read again. */
  changed: z.object({
    what: z.enum([
      'telemetry',
      'plans',
      'site',
      'sets',
      'audit',
      'runs',
      'roads',
      'mobile-storage',
      'sms-plans',
      'backtests',
      'market-plans',
      'feeders',
    ]),
  }),
};
