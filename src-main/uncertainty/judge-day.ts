/**
 * One day of errors against interval and budget sets: z_{j,t} = error ÷ half-width. Inside the intervals when every |z| ≤ 1; inside the
 * budget at α when besides Σ_j |z_{j,t}| ≤ α in every slot. A slot of half-width 0 holds no error but 0.
 */
export interface DayJudgement {
  /** Largest |z| of each component and its slot (the first of equals); infinite where an error meets no width at all. */
  components: { largest: number; slot: number }[];
  /** Σ_j |z_{j,t}| [slot]. */
  used: number[];
  /** Smallest α whose budget set holds the day; null when not even the intervals do. */
  smallestProtection: number | null;
}

/** @param errorsKw [component][slot], as `halfWidthsKw`. */
export function judgeDay(
  errorsKw: readonly (readonly number[])[],
  halfWidthsKw: readonly (readonly number[])[],
): DayJudgement {
  const ratios = errorsKw.map((errors, component) =>
    errors.map((kw, slot) => (kw === 0 ? 0 : Math.abs(kw) / halfWidthsKw[component]![slot]!)),
  );
  const components = ratios.map((own) => {
    const largest = Math.max(0, ...own);
    return { largest, slot: own.indexOf(largest) };
  });
  const slots = ratios[0]?.length ?? 0;
  const used = Array.from({ length: slots }, (_, slot) => ratios.reduce((sum, own) => sum + own[slot]!, 0));
  const inside = components.every(({ largest }) => largest <= 1);
  return { components, used, smallestProtection: inside ? Math.max(0, ...used) : null };
}
