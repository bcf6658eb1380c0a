#!/usr/bin/env node
/**
 * The command line's door. Node keeps what it made of our modules (types stripped, code compiled) from one
 * run to the next, which a warm `check` feels; the modules come after that is switched on.
 */
import { mkdirSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compiled = process.env.NODE_COMPILE_CACHE || join(tmpdir(), 'node-compile-cache');
try {
  // Where the system calls a folder missing that is there, as `/proc` does, Node would make it for ever.
  if (statSync(compiled, { throwIfNoEntry: false }) === undefined) mkdirSync(compiled);
  enableCompileCache(compiled);
} catch {
  // Nothing is kept, then.
}
const { main } = await import('./commands/main.ts');
await main();
