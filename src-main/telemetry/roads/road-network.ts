/** A road network as its files state it, in one set of units. */
export interface RoadNode {
  id: string;
  /** Longitude and latitude in degrees, or the file's own drawing units; NaN where the file gives none. */
  x: number;
  y: number;
  /** 'forbidden' for the centroids of zones: a trip may begin or end there, but not pass. */
  through: 'allowed' | 'forbidden';
}

export interface RoadLink {
  from: string;
  to: string;
  freeFlowMinutes: number;
  /** NaN where the file gives none. */
  lengthKm: number;
  /** Time under load: freeFlowMinutes · (1 + congestionFactor · (flow / capacity)^congestionPower), both flows per hour. NaN where not given. */
  capacityPerHour: number;
  congestionFactor: number;
  congestionPower: number;
  /** Flow the file reports for its loaded hour; NaN where it reports none. */
  flowPerHour: number;
  name: string;
  roadClass: string;
  /** 1-based record of the file. */
  row: number;
}

export interface RoadNetwork {
  nodes: RoadNode[];
  links: RoadLink[];
}

/** Trips per hour (or per the period of the file) from one zone to another; cells of zero are left out. */
export interface RoadTrip {
  origin: string;
  destination: string;
  trips: number;
}
