/**
 * Closing eight terminals of Andorra's roads (1,500 nodes, 2,967 links) for 24 departures with hourly times, against the same closure
 * with times that stand still; and trips with 95 % confidence against the plain closure of the same slots: `node bench/roads.ts`.
 */
import { fileURLToPath } from 'node:url';
import { fileSource } from '../src-main/hosts/file-source.ts';
import { blockedArcs, noLimits } from '../src-main/models/sms/roads/blocked-arcs.ts';
import { closeTerminals, type ClosureWish } from '../src-main/models/sms/roads/close-terminals.ts';
import { congestedTimes, freeFlow, loadedAllDay, workingDayFactor } from '../src-main/models/sms/roads/link-times.ts';
import { buildRoadGraph } from '../src-main/models/sms/roads/road-graph.ts';
import { tripsWithConfidence } from '../src-main/models/sms/roads/trips-with-confidence.ts';
import { joinRoads } from '../src-main/telemetry/roads/join-roads.ts';
import { readRoadLinks } from '../src-main/telemetry/roads/read-road-links.ts';
import { readRoadNodes } from '../src-main/telemetry/roads/read-road-nodes.ts';
import { guessLinkMapping, guessNodeMapping } from '../src-main/telemetry/roads/road-mapping.ts';
import { recordPairs } from './record.ts';

const open = (name: string) => fileSource(fileURLToPath(new URL(`../db/demo/${name}.gz`, import.meta.url)));
const header = 'from_node,to_node,length_m,speed_kmh,speed_source,free_flow_time_min,highway,name,osm_way'.split(',');
const links = await readRoadLinks(await open('andorra-links.csv'), guessLinkMapping(header).mapping);
const nodes = await readRoadNodes(await open('andorra-nodes.csv'), guessNodeMapping(['node', 'lon', 'lat']));
const network = joinRoads('andorra-links.csv', nodes, links);
const graph = buildRoadGraph(network.nodes, network.links);

const unknownLink = { ...loadedAllDay.unknownLink, flowRatio: 1 };
const hourly = congestedTimes(graph, { flowFactor: workingDayFactor, unknownLink });
const still = congestedTimes(graph, freeFlow);
const wish: ClosureWish = {
  terminals: ['51404486', '51390143', '1934429482', '266331989', '2050328135', '53275508', '316949605', '51400267'],
  slots: 24,
  slotMinutes: 60,
  firstMinute: 0,
  costs: { wageUsdPerHour: 30, roadUsdPerKm: 0.3, energyKwhPerKm: 1.2 },
  blocked: blockedArcs(graph, noLimits),
};
const deviationMinutes = Float64Array.from(graph.linkOf, (link) => 0.3 * graph.links[link]!.freeFlowMinutes);
const oneSlot = { ...wish, slots: 1 };
const closure = closeTerminals(graph, hourly, oneSlot);

await recordPairs('roads', [
  {
    name: '8 terminals, 24 departures',
    ours: 'hourly times',
    reference: 'times that stand still',
    rounds: 9,
    runOurs: () => closeTerminals(graph, hourly, wish),
    runReference: () => closeTerminals(graph, still, wish),
  },
  {
    name: '8 terminals, 1 departure',
    ours: 'trips with 95 % confidence',
    reference: 'plain closure',
    rounds: 3,
    runOurs: () => tripsWithConfidence(graph, hourly, closure, { ...oneSlot, deviationMinutes, confidence: 0.95 }),
    runReference: () => closeTerminals(graph, hourly, oneSlot),
  },
]);
