/** The meshed network a site hangs on, and where its load and devices stand, as part of the scheduling problem. docs/method/mesh.md. */
import type { Mesh } from '../mesh/mesh.ts';
import type { NetworkPlaces } from './site-network.ts';

export interface SiteMesh extends NetworkPlaces {
  mesh: Mesh;
  /** Where its drawing is kept; absent where it comes from a case file. */
  feederId?: string;
  /** 'unconstrained': nothing of it enters the program; the finished plan is still checked by a DC power flow of its own. */
  model: 'unconstrained' | 'dc';
}

/** What the duals of the schedule say of places: the cost of one more kWh of firm load, decisions between on and off held. */
export interface MeshPrices {
  /** The slack bus first. */
  buses: string[];
  /** Per kWh at the slack bus [slot]. */
  energyPerKwh: number[];
  /** Per kWh that one more kW over the limit of a line would save [slot][line of the mesh]; 0 or more. */
  linePerKwh: number[][];
  /** Per kWh [slot][bus]: energy and congestion. */
  busPerKwh: number[][];
}
