import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/node_modules/', 'dist/', 'coverage/', 'artifacts/', 'playground/build/', 'playground/.strapi/', 'playground/types/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      // `!` says "I know" where the index signature cannot; what it claims stands beside it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Front matter is `unknown` until a rule has looked at it; the rules turn it into text on purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Interfaces are written with methods; which of them may be taken off their object, their authors know.
      '@typescript-eslint/unbound-method': 'off',
      // The types are not always right: `isTTY` is undefined in a pipe, and they say boolean.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Strapi's services, plugins and query results are `any` to everybody outside.
    files: ['server/**/*.ts', 'tests/**/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((name) => [`@typescript-eslint/no-unsafe-${name}`, 'off']),
    ),
  },
  // A test says of an answer what it expects by its assertions; a type beside them would say it twice.
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  { files: ['admin/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['error'] }],
      'prefer-const': 'error',
    },
  },
);
