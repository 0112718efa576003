/**
 * DC power flow of a meshed network by its angles: B θ = injection without the row of the slack bus, f = (θ_from − θ_to) / x. The inverse is made once,
 * by Gauss–Jordan elimination with partial pivoting. The checker of the model's transfer factors, and independent of them.
 */
import type { Mesh } from '../models/mesh/mesh.ts';

export interface AngleFlow {
  /** The slack bus first. */
  buses: string[];
  /** @param demandMw net consumption [bus]; what the slack bus gives is what the others take. @returns flows [line], MW, from → to. */
  flowMw: (demandMw: readonly number[]) => number[];
  /** θ [bus], radians on 1 MVA. */
  angles: (demandMw: readonly number[]) => number[];
}

/** @throws Error for a mesh in pieces: it was refused when it came in. */
export function angleFlow({ name, slackBus, lines }: Mesh): AngleFlow {
  const buses = [...new Set([slackBus, ...lines.flatMap(({ from, to }) => [from, to])])];
  const at = (bus: string): number => buses.indexOf(bus);
  const ends = lines.map(({ from, to }) => [at(from), at(to)] as const);
  const matrix = buses.map(() => new Array<number>(buses.length).fill(0));
  lines.forEach(({ xPu }, l) => {
    const [i, k] = ends[l]!;
    matrix[i]![i]! += 1 / xPu;
    matrix[k]![k]! += 1 / xPu;
    matrix[i]![k]! -= 1 / xPu;
    matrix[k]![i]! -= 1 / xPu;
  });
  const inverse = inverseOf(matrix.slice(1).map((row) => row.slice(1)));
  if (inverse === null) throw new Error(`${name}: the network is in pieces`);
  const angles = (demandMw: readonly number[]): number[] => [
    0,
    ...inverse.map((row) => row.reduce((sum, value, k) => sum - value * demandMw[k + 1]!, 0)),
  ];
  return {
    buses,
    angles,
    flowMw: (demandMw) => {
      const theta = angles(demandMw);
      return lines.map(({ xPu }, l) => (theta[ends[l]![0]]! - theta[ends[l]![1]]!) / xPu);
    },
  };
}

function inverseOf(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, k) => (i === k ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column; i < size; i++) if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    const leading = rows[pivot]![column]!;
    if (Math.abs(leading) < 1e-12) return null;
    [rows[pivot], rows[column]] = [rows[column]!, rows[pivot]!];
    const own = rows[column]!.map((value) => value / leading);
    rows[column] = own;
    rows.forEach((row, i) => {
      const factor = row[column]!;
      if (i === column || factor === 0) return;
      for (let k = 0; k < row.length; k++) row[k]! -= factor * own[k]!;
    });
  }
  return rows.map((row) => row.slice(size));
}
