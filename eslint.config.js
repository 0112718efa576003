// Rules a type checker does not know. There are no exceptions in the code: comments that switch a rule off have no effect here.
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

const noEscapes = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'Use base/random.ts, which is seeded.' },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Name what is exported.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
    { selector: "CallExpression[callee.property.name='only']", message: 'A focused test hides the others.' },
  ],
  eqeqeq: ['error', 'always'],
  'no-console': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
};

/** Ways around the formatter; Number(x.toFixed(n)) is rounding and allowed. */
const numberWriters = [
  ":not(CallExpression[callee.name='Number']) > CallExpression[callee.property.name=/^(toFixed|toPrecision)$/]",
  "CallExpression[callee.property.name='toLocaleString']",
  "NewExpression[callee.object.name='Intl'][callee.property.name='NumberFormat']",
];

export default typescript.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      '**/fixtures/**/*.{js,mjs,cjs}',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  ...typescript.configs.strict,
  {
    rules: {
      ...noEscapes,
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // The rooms of the core and the tests, with types: a forgotten promise is a lost error.
    files: ['src-main/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts', 'db/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.node.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      'svelte/require-each-key': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // Collections are replaced, never changed in place, so plain ones are reactive enough ($state.raw).
      'svelte/prefer-svelte-reactivity': 'off',
      // {' '} is how a space is kept that formatting would move.
      'svelte/no-useless-mustaches': ['error', { ignoreStringEscape: true, ignoreIncludesComment: true }],
      // Props are declared with let by the language itself.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$bindable'] }],
    },
  },
  {
    // A number reaches a screen through <Quantity> or the formatter behind it, so that it has its digits, grouping and unit.
    files: ['src-renderer/**/*.{ts,svelte}'],
    ignores: ['src-renderer/components/format-number.ts', '**/*.test.ts', '**/fixtures/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...noEscapes['no-restricted-syntax'].slice(1),
        ...numberWriters.map((selector) => ({ selector, message: 'Write numbers by <Quantity> or format-number.ts.' })),
      ],
    },
  },
  {
    files: ['.ci/*.mjs', '*.config.{ts,js}', '.dependency-cruiser.cjs', 'bench/**', 'db/demo/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    // Tools that read these files want a default export, or CommonJS.
    files: ['*.config.{ts,js}', '.dependency-cruiser.cjs', 'e2e/support/global-setup.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
