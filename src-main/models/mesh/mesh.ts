/**
 * A meshed network for a DC power flow: voltages are 1 pu, angles small, resistances and reactive power left out, nothing is lost. Reactances per
 * unit on 1 MVA, so a flow in pu is one in MW.
 */
export interface MeshLine {
  /** "A–B"; a further line between the same buses is "A–B (2)". */
  id: string;
  from: string;
  to: string;
  xPu: number;
  /** Most that may flow either way, MW; null: none stated. */
  limitMw: number | null;
}

export interface Mesh {
  name: string;
  /** Where the grid above is connected, and where angles are counted from. */
  slackBus: string;
  /** Closed lines only. */
  lines: MeshLine[];
}
