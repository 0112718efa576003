/**
 * Every refusal the product can utter: a stable code, a sentence with %placeholders%, and what to do next.
 *
 * A refusal is an answer to bad input or to an impossible wish; it is raised as a `Refusal` and turned into plain data at the
 * door (`contract/dispatcher.ts`), so that it survives Electron's IPC. Any other exception is a bug or a broken machine.
 */
export const errorTable = {
  usage: { text: '%problem%', next: 'Run the command with --help to see what it takes.' },
  internal: {
    text: 'Something went wrong inside Surewatt: %problem%',
    next: 'Copy this message with the steps that led here and report it.',
  },
  'not-found': {
    text: 'There is no %what% "%id%".',
    next: 'Check how it is written, or choose one that is there.',
  },
  'bad-request': { text: 'The request "%call%" was refused: %problem%', next: 'Check the named field.' },
  cancelled: { text: '%what% was cancelled; nothing is half-written.', next: 'Start it again when you wish.' },
  'import-mapping-uncertain': {
    text: 'How to read %file% is not certain: %doubts%',
    next: 'Confirm or correct what is named, then import again; on the command line --map names each field to be taken.',
  },
  'import-bad-row': {
    text: '%file%, row %row%, column "%column%": %problem% (found "%value%").',
    next: 'Correct the row or the mapping; nothing of this file was stored.',
  },
  'import-bad-file': {
    text: '%file% cannot be read: %problem%.',
    next: 'Check that it is a text table (CSV) and not damaged.',
  },
  'import-known-file': {
    text: '%file% was already imported on %when% as batch %batch%.',
    next: 'Nothing needs to be done; use a corrected file if values changed.',
  },
  'import-column-missing': {
    text: '%file% has no column "%column%"; it has %columns%.',
    next: 'Choose one of the columns that are there.',
  },
  'import-off-grid': {
    text: "%file%: %time% is not on the series' grid of one value every %stepMinutes% minutes.",
    next: 'Check the time column and the step, or import under another series name; nothing of this file was stored.',
  },
  'import-series-differs': {
    text: '%file% has %field% %found%, but the series "%series%" is kept in %known%.',
    next: 'Correct the mapping, or import under another series name; nothing of this file was stored.',
  },
  'no-telemetry': {
    text: 'There is no %kind% telemetry for %period%.',
    next: 'Import it under Telemetry & quality, or choose another day.',
  },
  'too-little-history': {
    text: 'Only %days% usable days of %kind% history; at least %needed% are needed.',
    next: 'Import more history or widen the window.',
  },
  'too-few-filtered-days': {
    text: '%component%: only %sound% usable days among the last %searched% are "%filter%"; at least %needed% are needed.',
    next: 'Widen the window or the range, or learn from more kinds of day.',
  },
  'set-does-not-fit': {
    text: 'The frozen set "%name%" cannot be used here: %problem%.',
    next: 'Choose another frozen set, or fit the set anew for this day.',
  },
  'name-taken': {
    text: 'There is a frozen set "%name%" already, frozen on %when%.',
    next: 'Choose another name; what is frozen never changes.',
  },
  'no-site': {
    text: 'No site has been set up in this database.',
    next: 'Load the demo, or define your own site: "Site definition …" among the commands, "init --site" on the command line.',
  },
  'bad-site': {
    text: 'The site cannot be used: %path% %problem%.',
    next: 'Correct the field named; docs/operator/site.md says what each one means. Nothing was stored.',
  },
  'database-newer': {
    text: 'The database %file% was written by a newer Surewatt (schema %found%; this one knows up to %known%).',
    next: 'Update Surewatt, or open another database.',
  },
  'database-diverged': {
    text: 'The database %file% does not follow the known migrations: %problem%',
    next: 'Restore a backup made by this Surewatt, or open another database.',
  },
  'database-broken': {
    text: 'The database %file% cannot be used: %problem%',
    next: 'Restore it from a backup; the file has not been changed.',
  },
  'database-busy': {
    text: 'The database %file% is being written by %writer%; nothing was changed.',
    next: 'Wait until that has ended, then try again.',
  },
  'port-unavailable': {
    text: 'Port %port% of this machine cannot be used: %problem%.',
    next: 'Choose another with --port, or leave it out to take any that is free.',
  },
  'database-unwritable': {
    text: 'The database %file% cannot be written: %problem%',
    next: 'Make room on the disk or check the rights of the folder; nothing was changed.',
  },
  'file-exists': {
    text: '%file% is already there and was left as it is.',
    next: 'Choose another name or move the old file away first; on the command line --force replaces it.',
  },
  'file-unwritable': {
    text: '%file% cannot be written: %problem%',
    next: 'Choose another place, or make room and check the rights of the folder; nothing was changed.',
  },
  'plan-infeasible': {
    text: 'No plan exists for %day%: %why%',
    next: 'Relax one of the limits named, or correct the data behind them.',
  },
  'plan-not-found': {
    text: 'There is no plan "%id%".',
    next: 'List the plans ("plans" on the command line) and pick one that is there.',
  },
  'plan-fails-check': {
    text: 'Plan %id% does not pass the independent check: %limit%',
    next: 'Do not use this plan; solve the day again.',
  },
  'plan-counts': {
    text: 'Plan %id% is approved: it is the one that counts for %day%, and stays in sight.',
    next: 'Approve another plan of that day first; then this one can be set aside.',
  },
  'plan-corrupt': {
    text: 'The stored plan %id% was altered after it was written: %problem%',
    next: 'Do not use this plan; restore a backup or solve the day again.',
  },
  'set-corrupt': {
    text: 'The stored set %id% was altered or damaged after it was written: %problem%',
    next: 'Do not use plans made with it; restore a backup or fit the day again.',
  },
  'other-format': {
    text: 'The %what% %id% is kept in format %found%; this Surewatt reads format %known%.',
    next: 'Plan the day again. It stays as it is, for the version that wrote it.',
  },
  'plan-not-tested': {
    text: 'Plan %id% has not been tested out of sample.',
    next: 'Run the test phase, then approve.',
  },
  'case-bad': {
    text: '%file% is not a case this version can solve: %problem%',
    next: 'See docs/method for the format of a case.',
  },
  'bad-feeder': {
    text: 'The feeder %feeder% cannot be used: %problem%.',
    next: 'Correct the bus or branch that is named; open tie switches are left out or have status 0.',
  },
  'solver-failed': {
    text: 'The solver stopped without an answer: %problem%',
    next: 'Try again with a longer time limit.',
  },
  'reason-needed': { text: '%what% needs a reason.', next: 'Say in a few words why; it is kept in the audit log.' },
  'bad-day': {
    text: '"%day%" is not a day that can be planned: %problem%',
    next: 'Give a date as YYYY-MM-DD within the telemetry.',
  },
  'roads-unusable': {
    text: '%file% is not a usable road network: %problem%',
    next: 'Correct the file or how it is read, or choose another network; nothing was stored.',
  },
  'no-mobile-storage': {
    text: 'No mobile storage has been set up in this database.',
    next: 'Load the demo, or define trucks, terminals and grids: docs/operator/mobile-storage.md.',
  },
  'bad-mobile-storage': {
    text: 'Mobile storage cannot be used: %path% %problem%.',
    next: 'Correct the field named; docs/operator/mobile-storage.md says what each one means. Nothing was stored.',
  },
  'no-roads': {
    text: 'No road network has been imported.',
    next: 'Import one ("import roads" on the command line), or load the demo.',
  },
  'routes-impossible': {
    text: 'The routes cannot be computed: %problem%',
    next: 'Check the terminals, the closed roads and the travel times named.',
  },
  'out-of-range': {
    text: '%what% cannot be %value%: it must be %range%.',
    next: 'Choose a value in that range.',
  },
  'upload-unknown': { text: 'The uploaded file is no longer held.', next: 'Choose the file again.' },
  'node-too-old': {
    text: 'Node %found% is too old; %needed% or newer is needed.',
    next: 'Start with "npm start", which brings its own.',
  },
} as const;

export type ErrorCode = keyof typeof errorTable;

/**
 * Values for the placeholders of an error text, and further plain data for a caller that wants more than the sentence. A `next`
 * among them takes the place of the table's own: whoever refuses may know better what to do.
 */
export type ErrorDetails = Record<string, unknown>;

/** An error as plain data: what crosses every door. */
export interface ErrorReport {
  code: ErrorCode;
  message: string;
  next: string;
  details: ErrorDetails;
}

export function describeError(code: ErrorCode, details: ErrorDetails = {}): ErrorReport {
  const entry = errorTable[code];
  const message = entry.text.replace(/%(\w+)%/g, (_, name: string) => String(details[name] ?? '?'));
  const next = typeof details['next'] === 'string' ? details['next'] : entry.next;
  return { code, message, next, details };
}

export class Refusal extends Error {
  readonly report: ErrorReport;
  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const report = describeError(code, details);
    super(report.message);
    this.name = 'Refusal';
    this.report = report;
  }
  get code(): ErrorCode {
    return this.report.code;
  }
}

/** Any thrown thing as an `ErrorReport`; what is not a `Refusal` is reported as internal. */
export function toErrorReport(thrown: unknown): ErrorReport {
  if (thrown instanceof Refusal) return thrown.report;
  const problem = thrown instanceof Error ? thrown.message.slice(0, 500) : String(thrown).slice(0, 500);
  return describeError('internal', { problem });
}
