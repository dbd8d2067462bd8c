// validate.mjs SCHEMA FILE...: exits 0 when every file is JSON that the schema allows.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const Ajv = createRequire(import.meta.url)('ajv');
const [schema, ...files] = process.argv.slice(2);
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
for (const file of files) {
  if (validate(JSON.parse(readFileSync(file, 'utf8')))) continue;
  console.error(`${file}: ${JSON.stringify(validate.errors, null, 1)}`);
  process.exitCode = 1;
}
