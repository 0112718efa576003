/** Two errors that happen together: their correlation, and the ellipse and budget outline that belong to them. Units: kW. */
export interface PairPoint {
  day: string;
  x: number;
  y: number;
  /** Held out: the set that judged it had not seen it. */
  heldOut: boolean;
}

export interface PairStatistics {
  count: number;
  meanX: number;
  meanY: number;
  varianceX: number;
  varianceY: number;
  covariance: number;
  /** Pearson's, with a 95 % interval by Fisher's z; NaN below four points or without variation. */
  correlation: number;
  lower: number;
  upper: number;
}

export function pairStatistics(points: readonly PairPoint[]): PairStatistics {
  const count = points.length;
  const mean = (read: (point: PairPoint) => number) => points.reduce((sum, point) => sum + read(point), 0) / count;
  const meanX = mean(({ x }) => x);
  const meanY = mean(({ y }) => y);
  const product = (read: (point: PairPoint) => number) =>
    points.reduce((sum, point) => sum + read(point), 0) / (count - 1);
  const varianceX = product(({ x }) => (x - meanX) ** 2);
  const varianceY = product(({ y }) => (y - meanY) ** 2);
  const covariance = product(({ x, y }) => (x - meanX) * (y - meanY));
  const correlation =
    count < 4 || varianceX === 0 || varianceY === 0
      ? NaN
      : Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceX * varianceY)));
  const reach = 1.959964 / Math.sqrt(count - 3);
  const bound = (step: number) => Math.tanh(Math.atanh(correlation) + step);
  return {
    count,
    meanX,
    meanY,
    varianceX,
    varianceY,
    covariance,
    correlation,
    lower: bound(-reach),
    upper: bound(reach),
  };
}

const corners = 72;

/**
 * {μ + r C (cos φ, sin φ)}, C Cᵀ = covariance, r² = −2 ln(1 − δ): holds the share δ of a normal law with these moments (the χ²
 * quantile with two degrees of freedom). Empty where a component does not vary.
 */
export function ellipseOutline(of: PairStatistics, share: number): { x: number; y: number }[] {
  const { varianceX, varianceY, covariance } = of;
  if (!(varianceX > 0 && varianceY > 0)) return [];
  const radius = Math.sqrt(-2 * Math.log(1 - share));
  const a = Math.sqrt(varianceX);
  const b = covariance / a;
  const c = Math.sqrt(Math.max(0, varianceY - b * b));
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return {
      x: of.meanX + radius * a * Math.cos(angle),
      y: of.meanY + radius * (b * Math.cos(angle) + c * Math.sin(angle)),
    };
  });
}

/**
 * The budget set {|z_j| ≤ 1, Σ |z_j| ≤ α} seen in two of its coordinates: the others may be 0, so it is |z_x| + |z_y| ≤ α within the box;
 * from α = 2 on the box itself. z = error ÷ half-width. Corners in order.
 */
export function budgetOutline(halfX: number, halfY: number, protection: number): { x: number; y: number }[] {
  const most = Math.max(0, Math.min(2, protection));
  const full = Math.min(1, most);
  const rest = most - full;
  const quarter = [
    { x: full, y: rest },
    { x: rest, y: full },
  ];
  const turned = [
    ...quarter,
    ...quarter.toReversed().map(({ x, y }) => ({ x: -x, y })),
    ...quarter.map(({ x, y }) => ({ x: -x, y: -y })),
    ...quarter.toReversed().map(({ x, y }) => ({ x, y: -y })),
  ];
  return turned.map(({ x, y }) => ({ x: x * halfX, y: y * halfY }));
}

/** Where a pair lies: outside the box of intervals, in the box but over the budget, or inside. */
export function placeOf(
  { x, y }: { x: number; y: number },
  halfX: number,
  halfY: number,
  protection: number,
): 'inside' | 'over budget' | 'outside' {
  const ratio = (kw: number, half: number) => (kw === 0 ? 0 : Math.abs(kw) / half);
  const [zx, zy] = [ratio(x, halfX), ratio(y, halfY)];
  if (zx > 1 || zy > 1) return 'outside';
  return zx + zy > protection ? 'over budget' : 'inside';
}
