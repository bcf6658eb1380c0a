import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { repository } from '../package/installed.ts';

test("a command begins without Node's HTTP, which takes longer to load than our own modules, and only `fetch` needs", () => {
  const main = pathToFileURL(join(repository, 'scripts/commands/main.ts')).href;
  const code = `await import(${JSON.stringify(main)}); process.stdout.write(process.moduleLoadList.join('\\n'));`;
  const loaded = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  const modules = loaded.stdout.split('\n');
  expect(modules).toContain('NativeModule fs');
  expect(modules).not.toContain('NativeModule http');
});
