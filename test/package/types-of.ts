/**
 * A program: says, as JSON, what is wrong with the types of a tarball. By itself, because Vitest resolves
 * packages as in development, where this one has TypeScript.
 */
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';

const checked = await checkPackage(createPackageFromTarballData(readFileSync(process.argv[2] ?? '')));
process.stdout.write(
  JSON.stringify(
    checked.types === false
      ? null
      : { problems: checked.problems, entrypoints: Object.keys(checked.entrypoints) },
  ),
);
