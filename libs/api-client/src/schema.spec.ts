import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generate, generatedFile } from '../generate.mjs';

it('has the types that the OpenAPI document gives', async () => {
  const committed = await readFile(generatedFile, 'utf8');
  expect(committed, 'run `node libs/api-client/generate.mjs`').toBe(await generate());
});
