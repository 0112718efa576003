import { describe, expect, it } from 'vitest';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { simulate } from '../../verify/simulate.ts';
import { caseClaims } from './case-claims.ts';
import { caseStudyText } from './case-study-text.ts';
import { runCaseStudy } from './case-study.ts';

describe('the case study', async () => {
  const study = await runCaseStudy(testSolver, simulate, { days: 4000, seed: 1 });

  it('lands on the costs of the reference', () => {
    expect(study.rows.map((row) => row.costUsd.toFixed(2))).toEqual([
      '737.36',
      '766.51',
      '792.67',
      '813.36',
      '828.77',
      '840.90',
      '848.30',
    ]);
    expect(study.withoutV2g.costUsd).toBeCloseTo(1860.55, 2);
    expect(study.rows.map((row) => Math.round(row.dischargeKwh))).toEqual([1119, 1077, 978, 899, 841, 795, 766]);
  });
  it('breaks less often with more protection, and more often than the bound once errors are correlated', () => {
    const { rows } = study;
    rows.slice(1).forEach((row, index) => {
      expect(row.independent.anyViolation).toBeLessThanOrEqual(rows[index]!.independent.anyViolation + 0.01);
      expect(row.correlated.anyViolation).toBeLessThanOrEqual(rows[index]!.correlated.anyViolation);
      expect(row.correlated.anyViolation).toBeGreaterThan(row.correlated.largestSingle - 1e-9);
    });
    expect(rows[0]!.independent.largestSingle).toBeCloseTo(0.5, 1);
    expect(rows[1]!.correlated.largestSingle).toBeGreaterThan(2 * rows[1]!.independent.largestSingle);
    expect(rows[6]!.boundBinomial).toBeCloseTo(0.0156, 4);
    expect(rows[6]!.boundExponential).toBeCloseTo(Math.exp(-3), 9);
  });
  it('holds the claims of the paper', () => {
    expect(study.claims.filter((claim) => !claim.passed)).toEqual([]);
  });
  it('fails a claim that does not hold', () => {
    const flat = study.rows.map((row) => ({ ...study.rows[0]!, protection: row.protection }));
    const failed = caseClaims(study.withoutV2g, flat).filter((claim) => !claim.passed);
    expect(failed.map((claim) => claim.name)).toContain('Cost of full protection');
    expect(failed.length).toBeGreaterThanOrEqual(5);
  });
  it('prints a row per measure and a line per claim', () => {
    const text = caseStudyText(study);
    expect(text).toContain('| cost, USD | 737.36 | 766.51 | 792.67 | 813.36 | 828.77 | 840.90 | 848.30 |');
    expect(text).toMatch(/\| Cost of full protection \| \+14 % .* \| 15\.0 % \| 14 … 16 % \| yes \|/);
    expect(text).toContain('θ a decision');
  });
});
