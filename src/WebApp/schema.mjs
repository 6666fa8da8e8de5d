import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const documentPath = resolve(import.meta.dirname, '../../tests/WebApi.Tests/OpenApi/v1.approved.json');
const schemaPath = resolve(import.meta.dirname, 'src/api/schema.d.ts');

/** Generates TypeScript types from the service's approved OpenAPI document. */
export async function generate() {
  // Without the examples: the generator would take the data: URLs of their pictures for files.
  const document = JSON.parse(await readFile(documentPath, 'utf8'), (key, value) => (key === 'examples' ? undefined : value));
  return astToString(await openapiTS(document));
}

export const committed = () => readFile(schemaPath, 'utf8');

if (process.argv[1] === import.meta.filename) {
  const types = await generate();
  if (!process.argv.includes('--check')) await writeFile(schemaPath, types);
  else if (types !== (await committed())) {
    console.error('The OpenAPI document has changed. Run "npm run api".');
    process.exitCode = 1;
  }
}
