// Writes src/schema.gen.ts from openapi.json: `node libs/api-client/generate.mjs`. The document itself comes from the API: `node dist/api/openapi.js`.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('./openapi.json', import.meta.url);
export const generatedFile = new URL('./src/schema.gen.ts', import.meta.url);

/** The types of the OpenAPI document, as text. */
export async function generate() {
  const header = '/** Generated from openapi.json by generate.mjs: change the API, not this file. */\n\n';
  return (
    header + astToString(await openapiTS(JSON.parse(await readFile(document, 'utf8')), { alphabetize: true, defaultNonNullable: false }))
  );
}

if (import.meta.filename === process.argv[1]) await writeFile(generatedFile, await generate());
