/** The desk's own scheme: not http, so that nothing else can be reached by it and the page has an origin of its own. */
export const scheme = 'surewatt';
export const deskHost = 'desk';
export const deskOrigin = `${scheme}://${deskHost}`;
export const deskUrl = `${deskOrigin}/`;

/** Whether an address belongs to the desk. `URL.origin` is "null" for a scheme Node does not know, so parts are compared. */
export function isDeskUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${scheme}:` && url.host === deskHost;
}
