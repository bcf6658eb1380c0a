import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tree } from '../source/tree.ts';
import { program } from './cli.ts';

test.each(['SIGINT', 'SIGTERM'] as const)('after %s no copy of a manifest is left behind', async (signal) => {
  const root = tree({
    'K8s/kustomization.yaml': 'resources: [a.yaml]\n',
    'K8s/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: hunter2}\n',
  });
  const temporary = tree({});
  // An engine that says its version and then takes for ever.
  const engine = join(tree({}), 'kustomize');
  writeFileSync(engine, '#!/bin/sh\nif [ "$1" = version ]; then echo v5.7.1; else exec /bin/sleep 30; fi\n', {
    mode: 0o755,
  });
  const child = spawn(process.execPath, [program, 'check', '--no-cache', '--root', root], {
    env: { ...process.env, TMPDIR: temporary, PLUMBLINE_KUSTOMIZE: engine },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const copies = () =>
    readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('a.yaml'));
  await expect.poll(copies, { timeout: 40_000 }).toHaveLength(1);
  child.kill(signal);
  expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143);
  expect(copies()).toEqual([]);
  expect(readdirSync(temporary).filter((name) => name.startsWith('plumbline-'))).toEqual([]);
});
