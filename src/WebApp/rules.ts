import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The limits of one field in the service's OpenAPI document. */
export interface Rule {
  required: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

export interface Rules {
  fields: Record<string, Rule>;
  /** The length of a search text, which is a part of a title. */
  maxFilterLength: number;
  maxImageBytes: number;
  maxImageSide: number;
}

const documentPath = resolve(import.meta.dirname, '../../tests/WebApi.Tests/OpenApi/v1.approved.json');

/** Reads the limits that the form checks, so that the app does not repeat them. */
export function readRules(): Rules {
  const document = JSON.parse(readFileSync(documentPath, 'utf8'));
  const { CreateGame: json, CreateGameForm: form } = document.components.schemas;
  const text = document.paths['/api/v1/games'].get.parameters.find(({ name }: { name: string }) => name === 'text');
  const picture = /(\d+) MiB, and (\d+) pixels wide and high/.exec(form.properties.thumbnail.description);
  if (!picture) throw new Error('The OpenAPI document no longer says how large a picture may be.');

  const fields: Record<string, Rule> = {};
  for (const [name, { minLength, maxLength, pattern, minimum, maximum }] of Object.entries<Rule>(json.properties))
    fields[name] = { required: json.required.includes(name), minLength, maxLength, pattern, minimum, maximum };

  return {
    fields,
    maxFilterLength: text.schema.maxLength,
    maxImageBytes: Number(picture[1]) * 1024 * 1024,
    maxImageSide: Number(picture[2]),
  };
}
