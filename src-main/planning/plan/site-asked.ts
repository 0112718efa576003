import type { Site } from '../site.ts';
import { siteOf, type PlanTools } from '../tools.ts';
import type { PlanOptions } from './make-plan.ts';

/** The site as a plan is asked to take it: with what it doubts of output and efficiency, or with that trusted. @throws Refusal `no-site` */
export function siteAsked(store: PlanTools['store'], { coefficients }: Pick<PlanOptions, 'coefficients'>): Site {
  const site = siteOf(store);
  if (coefficients !== 'trusted') return site;
  const { coefficients: _, ...trusting } = site;
  return trusting;
}
