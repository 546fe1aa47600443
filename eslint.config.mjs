import nx from '@nx/eslint-plugin';
import i18next from 'eslint-plugin-i18next';
import tseslint from 'typescript-eslint';

/** Who may import whom, by the layer of a project (its tag in project.json). Everything that is not listed is forbidden. */
const layers = {
  contracts: ['contracts'],
  domain: ['contracts', 'domain'],
  kernel: ['contracts', 'kernel'],
  client: ['contracts', 'client'],
  testing: ['contracts', 'domain', 'kernel', 'client'],
  app: ['contracts', 'domain', 'kernel', 'client'],
  e2e: ['contracts', 'domain', 'kernel', 'client'],
};

const layerConstraints = (allowedLayers) =>
  Object.entries(allowedLayers).map(([layer, allowed]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: allowed.map((name) => `layer:${name}`),
  }));

/** What runs on a server never brings in what needs a host's kernel; what runs anywhere brings in neither. */
const placeConstraints = [
  { sourceTag: 'runs:server', onlyDependOnLibsWithTags: ['runs:server', 'runs:anywhere'] },
  { sourceTag: 'runs:host', onlyDependOnLibsWithTags: ['runs:host', 'runs:anywhere'] },
  { sourceTag: 'runs:anywhere', onlyDependOnLibsWithTags: ['runs:anywhere'] },
  // TypeORM, NestJS and React never reach host code, nor FFI a server.
  { sourceTag: 'runs:host', bannedExternalImports: ['typeorm', '@nestjs/*', 'react', 'next'] },
  { sourceTag: 'runs:server', bannedExternalImports: ['koffi'] },
  { sourceTag: 'layer:contracts', bannedExternalImports: ['@nestjs/*', 'typeorm', 'react', 'next', 'koffi', 'pg'] },
];

/** Namespaces for tests are made by the library whose specs use them: a circle of specs, not of what is built. */
const ignoredCircularDependencies = [
  ['netlink', 'testing'],
  ['testing', 'netlink'],
];

const boundaries = (depConstraints) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    { enforceBuildableLibDependency: false, allow: [], ignoredCircularDependencies, depConstraints },
  ],
});

const sources = ['**/*.ts', '**/*.tsx'];
/** Tests, and what only tests import: they may use libs/testing, and so reach every place. */
const tests = ['**/*.spec.ts', '**/*.spec.tsx', '**/src/testing/**', 'libs/testing/**', 'e2e/**'];
const withTesting = Object.fromEntries(Object.entries(layers).map(([layer, allowed]) => [layer, [...allowed, 'testing']]));

/** Attributes of components that hold no words; placeholders are examples of values, or come from the messages. */
const plainAttributes = [
  'className',
  'style',
  'type',
  'key',
  'id',
  'kind',
  'role',
  'href',
  'path',
  'value',
  'code',
  'placeholder',
  'inputMode',
  'autoComplete',
  'filterWord',
  'filters',
  'themes',
  'defaultTheme',
  'toastOptions',
  'aria-(hidden|haspopup|keyshortcuts|autocomplete)',
];

/** What the dashboard shows, and what is read out of it, has its words in `messages` (ADR 32). */
const dashboardWords = {
  files: ['apps/dashboard/src/**/*.tsx'],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  plugins: { i18next },
  rules: {
    // By their types it tells words from names: what may be one of a few values only is no word.
    'i18next/no-literal-string': [
      'error',
      {
        mode: 'jsx-only',
        'should-validate-template': true,
        message: 'Words belong into apps/dashboard/src/messages',
        words: { exclude: [/^\P{L}*$/u, '/v1/.*'] },
        'jsx-attributes': { exclude: plainAttributes },
        'object-properties': { exclude: ['path', 'id', 'body'] },
        // These take names of fields and kinds.
        callees: { exclude: ['register', 'own', 'errorOf', 'details', 'menu'] },
      },
    ],
  },
};

/** The same of what is put together outside of JSX: short messages, what menus and columns are called, why something cannot be done. */
const dashboardWordsBeside = {
  files: ['apps/dashboard/src/{features,ui}/**/*.{ts,tsx}'],
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...[
        'CallExpression[callee.object.name="toast"] > :matches(Literal, TemplateLiteral).arguments',
        'Property[key.name=/^(label|header|title|detail|hint|message|disabledReason)$/] > :matches(Literal[value=/[a-z]/], TemplateLiteral).value',
      ].map((selector) => ({ selector, message: 'Words belong into apps/dashboard/src/messages' })),
    ],
  },
};

export default [
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/.next/**',
      '**/.netyard/**',
      '**/*.d.ts',
      '**/*.d.cts',
      'libs/api-client/src/schema.ts',
    ],
  },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: sources })),
  {
    files: sources,
    plugins: { '@nx': nx },
    rules: {
      ...boundaries([...layerConstraints(layers), ...placeConstraints]),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A reference of the TypeScript kind is how declarations of an untyped package are found from elsewhere.
      '@typescript-eslint/triple-slash-reference': 'off',
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  { files: tests, plugins: { '@nx': nx }, rules: boundaries(layerConstraints(withTesting)) },
  dashboardWords,
  dashboardWordsBeside,
];
