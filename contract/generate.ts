import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readContract } from './document.ts';
import { generatedFiles } from './generated-files.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

for (const [file, text] of Object.entries(generatedFiles(readContract()))) {
  writeFileSync(path.join(ROOT, file), text);
}
