#!/usr/bin/env node
/**
 * The command line's door. Node keeps what it made of our modules (types stripped, code compiled) from one
 * run to the next, which a warm `check` feels; the modules come after that is switched on.
 */
import { mkdirSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// npm only warns of a Node that is older than the package asks for.
if (!('enableCompileCache' in nodeModule)) {
  process.stderr.write(`error: Plumbline needs Node 22.12 or newer, and this is ${process.version}\n`);
  process.stderr.write('  help: install a newer one, from https://nodejs.org or by what brought this one\n');
  process.exit(2);
}
const compiled = process.env.NODE_COMPILE_CACHE || join(tmpdir(), 'node-compile-cache');
try {
  // Where the system calls a folder missing that is there, as `/proc` does, Node would make it for ever.
  if (statSync(compiled, { throwIfNoEntry: false }) === undefined) mkdirSync(compiled);
  nodeModule.enableCompileCache(compiled);
} catch {
  // Nothing is kept, then.
}
const { main } = await import('./commands/main.ts');
await main();
