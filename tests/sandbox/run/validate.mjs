// validate.mjs SCHEMA FILE...: exits 0 when every file is JSON that the schema (draft 2020-12)
// allows, and when the schema describes every field that it names.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const Ajv = createRequire(import.meta.url)('ajv/dist/2020');
const [path, ...files] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(path, 'utf8'));

function complain(text) {
  console.error(text);
  process.exitCode = 1;
}

// Every object that is described is described whole, and closed.
function check(node, place) {
  if (Array.isArray(node)) return node.forEach((each, i) => check(each, `${place}/${i}`));
  if (node === null || typeof node !== 'object') return undefined;
  if (node.type === 'object' && node.additionalProperties !== false) complain(`${place}: is open`);
  for (const [name, field] of Object.entries(node.properties ?? {})) {
    if (!field.description) complain(`${place}/${name}: has no description`);
  }
  for (const [name, inner] of Object.entries(node)) check(inner, `${place}/${name}`);
  return undefined;
}

check(schema, path);
const validate = new Ajv({ allErrors: true }).compile(schema);
for (const file of files) {
  if (validate(JSON.parse(readFileSync(file, 'utf8')))) continue;
  complain(`${file}: ${JSON.stringify(validate.errors, null, 1)}`);
}
