#!/usr/bin/env node
/**
 * The command line's door. Node keeps what it made of our modules (types stripped, code compiled) from one
 * run to the next, which a warm `check` feels; the modules come after that is switched on.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('./commands/main.ts');
await main();
