import { createClient } from '../../src-main/contract/client.ts';
import { createStores, type Stores } from './stores.svelte.ts';
import { chooseTransport } from './transport.ts';

/** The stores of this page over the transport it was opened with. @throws Error outside a host */
export function openDesk(): Stores {
  const bridge: unknown = (window as { surewatt?: unknown }).surewatt;
  return createStores(createClient(chooseTransport({ protocol: location.protocol, bridge })));
}
