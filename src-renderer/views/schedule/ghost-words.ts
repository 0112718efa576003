/** A plan named so that it is told from its like: protection, cost, id. */
import { alphaWords } from '../../charts/risk-points.ts';
import { formatQuantity } from '../../components/format-number.ts';

interface NamedPlan {
  id: string;
  protection: number;
  currency: string;
  totalCost: number;
}

export const ghostWords = (plan: NamedPlan): string =>
  `${alphaWords(plan.protection)}, ${formatQuantity(plan.totalCost, plan.currency)}, ${plan.id}`;
