// The walls of docs/architecture.md, one row per room. A row lists the rooms a room may import as values, and as types only.
// There is no exception list: a new need is a new row here and a line in docs/decisions.
const rooms = [
  'base',
  'telemetry',
  'forecast',
  'uncertainty',
  'program',
  'robust',
  'models',
  'solver',
  'verify',
  'planning',
  'store',
  'contract',
];
const mayImport = {
  base: { npm: ['temporal-polyfill'] },
  telemetry: { values: ['base'], npm: ['papaparse'] },
  forecast: { values: ['base'], types: ['telemetry'] },
  uncertainty: { values: ['base'], types: ['telemetry', 'forecast'] },
  program: { values: ['base'] },
  robust: { values: ['base', 'uncertainty', 'program'] },
  models: { values: ['base', 'uncertainty', 'program', 'robust'] },
  solver: { values: ['base', 'program'], npm: ['highs'], node: ['worker_threads'] },
  verify: { values: ['base'], types: ['uncertainty', 'models'] },
  planning: {
    values: ['base', 'telemetry', 'forecast', 'uncertainty', 'program', 'robust', 'models', 'verify'],
    types: ['solver'],
  },
  store: {
    values: ['base'],
    types: ['telemetry', 'forecast', 'uncertainty', 'models', 'planning'],
    npm: ['better-sqlite3'],
    node: ['.*'],
  },
  contract: { values: ['base'], npm: ['zod'] },
};
const inProduct = { pathNot: '\\.test\\.ts$|/fixtures/|conformance' };
const roomRules = rooms.flatMap((room) => {
  const { values = [], types = [], npm = [], node = [] } = mayImport[room];
  const here = `^src-main/${room}/`;
  const values_ = [room, ...values].join('|');
  const allowed = [room, ...values, ...types].join('|');
  return [
    {
      name: `${room}-rooms`,
      severity: 'error',
      from: { path: here, ...inProduct },
      to: { path: '^(src-main|src-renderer|db|e2e|bench)/', pathNot: `^src-main/(${allowed})/` },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${room}-types-only`,
            severity: 'error',
            from: { path: here, ...inProduct },
            to: {
              path: `^src-main/(${types.join('|')})/`,
              pathNot: `^src-main/(${values_})/`,
              dependencyTypesNot: ['type-only'],
            },
          },
        ]),
    {
      name: `${room}-npm`,
      severity: 'error',
      from: { path: here, ...inProduct },
      to: { path: 'node_modules', ...(npm.length ? { pathNot: `node_modules/(@types/)?(${npm.join('|')})/` } : {}) },
    },
    {
      name: `${room}-node`,
      severity: 'error',
      from: { path: here, ...inProduct },
      to: { dependencyTypes: ['core'], ...(node.length ? { pathNot: `^(node:)?(${node.join('|')})$` } : {}) },
    },
  ];
});
const renderer = (name, from, pathNot) => ({
  name: `renderer-${name}`,
  severity: 'error',
  from: { path: `^src-renderer/${from}/`, pathNot: '\\.test\\.ts$|/fixtures/' },
  to: { path: '^(src-main|src-renderer)/', pathNot },
});
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'unresolved', severity: 'error', from: { path: '^src-' }, to: { couldNotResolve: true } },
    ...roomRules,
    {
      name: 'hosts-rooms',
      severity: 'error',
      from: { path: '^src-main/hosts/', ...inProduct },
      to: { path: '^(src-main|src-renderer)/', pathNot: '^src-main/(base|solver|planning|store|contract|hosts)/' },
    },
    {
      name: 'electron-only-in-desktop',
      severity: 'error',
      from: { pathNot: '^src-main/hosts/desktop/(main|preload)\\.ts$' },
      to: { path: 'node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'electron-log-only-in-desktop',
      severity: 'error',
      from: { pathNot: '^src-main/hosts/desktop/' },
      to: { path: 'node_modules/electron-log/' },
    },
    {
      name: 'main-never-imports-renderer',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    renderer('app', 'app', '^src-renderer/(app|views|charts|components|stores|styles)/|^src-main/(base|contract)/'),
    renderer('views', 'views', '^src-renderer/(views|charts|components|stores|styles)/|^src-main/(base|contract)/'),
    {
      name: 'renderer-no-view-imports-another',
      severity: 'error',
      from: { path: '^src-renderer/views/([^/]+)/' },
      to: { path: '^src-renderer/views/', pathNot: '^src-renderer/views/$1/' },
    },
    renderer('charts', 'charts', '^src-renderer/(charts|components|styles)/|^src-main/base/'),
    renderer('components', 'components', '^src-renderer/(components|styles)/|^src-main/base/'),
    renderer('stores', 'stores', '^src-renderer/stores/|^src-main/(base|contract)/'),
    {
      name: 'only-stores-call-the-contract',
      severity: 'error',
      from: { path: '^src-renderer/(?!stores/)', pathNot: '\\.test\\.ts$|/fixtures/' },
      to: { path: '^src-main/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-no-node',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-db-driver-outside-store',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/store/|\\.test\\.ts$' },
      to: { path: 'node_modules/better-sqlite3/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
    },
  },
};
