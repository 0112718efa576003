/** Whether the page is being laid out for paper: a screen may then draw a sheet of its own in place of what it shows. */
export class PaperStore {
  printing = $state(false);
}
