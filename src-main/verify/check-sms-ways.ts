/**
 * Do the trucks drive on roads that are there? Every trip of a plan, link by link in plain arithmetic: it joins its terminals, uses
 * no closed road, is nowhere faster than an empty road allows, and arrives in time even when late (check-sms-arrivals.ts).
 */
import type { TruckPlan } from '../models/sms/plan.ts';
import type { SmsProblem } from '../models/sms/problem.ts';
import type { RoadLinkData, RoadNodeData } from '../models/sms/roads/road-graph.ts';
import { checkSmsArrival, type PromisedTrip, type RoadTraffic } from './check-sms-arrivals.ts';
import { Ledger } from './ledger.ts';
import type { CheckReport } from './types.ts';

/** A trip as driven; terminals, nodes and links by index. */
export interface DrivenWay extends PromisedTrip {
  from: number;
  to: number;
  lengthKm: number;
  energyKwh: number;
  nodes: readonly number[];
  /** After departure, at each node. */
  minutesAt: readonly number[];
}

export interface RoadEvidence {
  network: { nodes: readonly RoadNodeData[]; links: readonly RoadLinkData[] };
  /** [terminal]: id of its node. */
  terminalNodes: readonly string[];
  closedLinks: readonly { from: string; to: string }[];
  forbiddenClasses: readonly string[];
  energyKwhPerKm: number;
  traffic: RoadTraffic;
  ways: readonly DrivenWay[];
}

export function checkSmsWays(
  problem: Pick<SmsProblem, 'slotHours' | 'travelEnergyMwh'>,
  plan: { trucks: readonly Pick<TruckPlan, 'id' | 'legs'>[] },
  roads: RoadEvidence,
): CheckReport {
  const ledger = new Ledger();
  for (const truck of plan.trucks)
    for (const leg of truck.legs) {
      if (leg.kind === 'stay') continue;
      const { from, to, fromSlot, untilSlot } = leg;
      const way = roads.ways.find((one) => one.from === from && one.to === to && one.fromSlot === fromSlot);
      const subject = `truck ${truck.id}`;
      if (!way) {
        ledger.refuse(
          'way',
          `Truck ${truck.id} leaves terminal ${from} in slot ${fromSlot} on no way that was planned`,
        );
        continue;
      }
      checkLinks(way, roads, subject, ledger);
      const energy = { limit: 'trip energy', quantity: 'energy', subject, slot: fromSlot, unit: 'kWh' };
      ledger.equal({ ...energy, value: way.energyKwh, bound: way.lengthKm * roads.energyKwhPerKm });
      const taken = problem.travelEnergyMwh?.[from]![to]![fromSlot];
      if (taken !== undefined) ledger.equal({ ...energy, value: 1000 * (taken ?? NaN), bound: way.energyKwh });
      const slot = fromSlot;
      const departMinute = 60 * problem.slotHours * fromSlot;
      if (way.links.every((link) => roads.network.links[link] !== undefined))
        checkSmsArrival(way, roads.traffic, { subject, departMinute, ledger });
      const bound = 60 * problem.slotHours * (untilSlot - fromSlot);
      const arrival = { limit: 'arrival in time', subject, slot, unit: 'min' };
      ledger.most({ ...arrival, quantity: 'latest arrival', value: way.latestMinutes, bound });
      ledger.most({ ...arrival, quantity: 'arrival', value: way.minutes, bound: way.latestMinutes });
    }
  return ledger.report();
}

function checkLinks(way: DrivenWay, roads: RoadEvidence, subject: string, ledger: Ledger): void {
  const { nodes, links } = roads.network;
  const slot = way.fromSlot;
  const refuse = (what: string): void => ledger.refuse('way', `${subject}, slot ${slot}: its way ${what}`);
  const idAt = (step: number): string => nodes[way.nodes[step] ?? -1]?.id ?? `nowhere (step ${step})`;
  if (way.nodes.length !== way.links.length + 1 || way.minutesAt.length !== way.nodes.length)
    return refuse('has not one node more than links');
  if (idAt(0) !== roads.terminalNodes[way.from]) refuse(`begins at node ${idAt(0)}, which is not its terminal`);
  if (idAt(way.links.length) !== roads.terminalNodes[way.to])
    refuse(`ends at node ${idAt(way.links.length)}, which is not its terminal`);
  let lengthKm = 0;
  way.links.forEach((index, step) => {
    const link = links[index];
    if (!link) return refuse(`takes link ${index}, which is not there`);
    if (link.from !== idAt(step) || link.to !== idAt(step + 1))
      refuse(`takes the link ${link.from} → ${link.to} from ${idAt(step)} to ${idAt(step + 1)}`);
    if (roads.closedLinks.some(({ from, to }) => from === link.from && to === link.to))
      refuse(`takes the link ${link.from} → ${link.to}, which is closed`);
    if (roads.forbiddenClasses.includes(link.roadClass)) refuse(`takes a ${link.roadClass} road, which is forbidden`);
    lengthKm += link.lengthKm;
    const value = way.minutesAt[step + 1]! - way.minutesAt[step]!;
    const bound = link.freeFlowMinutes;
    ledger.least({ limit: 'free-flow time', subject, slot, quantity: `link ${index}`, value, bound, unit: 'min' });
  });
  const end = way.minutesAt.at(-1) ?? NaN;
  ledger.equal({ limit: 'trip time', subject, slot, quantity: 'minutes', value: end, bound: way.minutes, unit: 'min' });
  if (Number.isFinite(lengthKm))
    ledger.equal({
      limit: 'trip length',
      subject,
      slot,
      quantity: 'way',
      value: way.lengthKm,
      bound: lengthKm,
      unit: 'km',
    });
}
