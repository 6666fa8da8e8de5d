import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const documentPath = new URL('../../tests/WebApi.Tests/OpenApi/v1.approved.json', import.meta.url);
const schemaPath = new URL('src/api/schema.d.ts', import.meta.url);

/** The types of the service's approved OpenAPI document. */
export async function generate() {
  // Without examples: the generator takes the data: URLs of their pictures for files.
  const document = JSON.parse(await readFile(documentPath, 'utf8'), (key, value) => (key === 'examples' ? undefined : value));
  return astToString(await openapiTS(document));
}

export const committed = () => readFile(schemaPath, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const types = await generate();
  if (!process.argv.includes('--check')) await writeFile(schemaPath, types);
  else if (types !== (await committed())) {
    console.error('The OpenAPI document has changed: run "npm run api".');
    process.exitCode = 1;
  }
}
