/** Promised against measured risk on a year of German wind; skipped where the development data is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { auditViolations, type MarginRule } from '../../uncertainty/violation-audit.ts';
import { downsideMargin, type MomentForm } from './margin.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/wind/', import.meta.url));

function hoursOf(name: string): [string, number][] {
  const lines = readFileSync(`${folder}${name}`, 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [time, value] = line.split(',') as [string, string];
    return [time, Number(value)];
  });
}

function windErrors() {
  const forecast = new Map(hoursOf('de_lu_wind_forecast_dayahead_2024-06_2025-05.csv'));
  const days = new Map<string, number[]>();
  for (const [time, value] of hoursOf('de_lu_wind_actual_2024-06_2025-05.csv')) {
    const day = time.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), value - forecast.get(time)!]);
  }
  const residuals = [...days].map(([day, errorKw]) => ({ day, errorKw, usable: errorKw.length === 24 }));
  return { id: 'wind', residuals };
}

describe.skipIf(!existsSync(folder))('margins on a year of German wind', () => {
  const forms: MomentForm['kind'][] = ['gaussian', 'unimodal-symmetric', 'unimodal', 'symmetric', 'cantelli'];
  const rules = (risk: number) =>
    forms.map((kind): MarginRule => {
      const form = kind === 'delage-ye' ? { kind, meanDoubt: 0, spreadDoubt: 1 } : { kind };
      return { name: kind, marginKw: (evidence) => downsideMargin(form, evidence, risk) };
    });

  it.each([0.05, 0.1])('keep the risk of %d in every robust form, and are broken less the less they assume', (risk) => {
    const audits = auditViolations(windErrors(), rules(risk), risk);
    expect(audits[0]!.days).toHaveLength(121);
    audits.forEach(({ pooled, verdict, meanMarginKw }, at) => {
      if (at === 0) return;
      expect(verdict).toBe('keeps');
      expect(pooled.hits).toBeLessThanOrEqual(audits[at - 1]!.pooled.hits);
      expect(meanMarginKw).toBeGreaterThan(audits[at - 1]!.meanMarginKw);
    });
  });
});
