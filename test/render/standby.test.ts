import { existsSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { build, type Engine, findEngine } from '../../plugins/render/engines/find-engine.ts';
import { openStandby, type Standby, type Started } from '../../plugins/render/engines/standby.ts';
import { openTogether } from '../../plugins/render/kustomize/together.ts';
import { disposePass, openPass } from '../../plugins/render/render-pass.ts';
import { openCache } from '../../plugins/source/index.ts';
import { read, tree } from '../source/tree.ts';

const files = {
  'K8s/a/kustomization.yaml': 'resources: [own.yaml]\nnamePrefix: my-\n',
  'K8s/a/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: "1"}\n',
  'K8s/b/kustomization.yaml': 'resources: [gone.yaml]\n',
};

async function waiting(standby: Standby, engine: Engine): Promise<Started> {
  for (let turn = 0; turn < 200; turn++) {
    standby.prepare(engine, []);
    await after(50);
    const started = standby.take(engine, []);
    if (started !== null) return started;
  }
  throw new Error('no engine came to wait');
}

test.runIf(process.platform === 'linux')(
  'an engine that waits writes of a folder what one writes that is started for it',
  async () => {
    const sources = await read(tree(files));
    const cache = openCache(null);
    const engine = await findEngine(cache, sources.home);
    const standby = openStandby(0);
    const started = await waiting(standby, engine);
    const given = { ...standby, prepare: () => undefined, take: () => started };
    const pass = openPass(sources, { cache, standby: given });
    pass.engine = engine;
    const text = await openTogether(pass).textOf('K8s/a');
    const { stage } = pass;
    if (stage === undefined) throw new Error('no copy was made');
    expect(stage.directory('.').startsWith(started.folder.path)).toBe(true);
    expect((await started.program.ended).error).toBe(null);
    const alone = await build(engine, stage.directory('K8s/a'), stage.home, [], 60_000);
    expect(alone).toEqual({ ok: true, text });
    expect(text).toContain('name: my-settings');
    await disposePass(pass);
    expect(existsSync(started.folder.path)).toBe(false);
    await standby.close();
  },
);

test.runIf(process.platform === 'linux')('none is left that waits, nor its folder', async () => {
  const cache = openCache(null);
  const engine = await findEngine(cache, tree(files));
  const standby = openStandby(0);
  const { program, folder, write, end } = await waiting(standby, engine);
  // One that is started otherwise is none of this.
  standby.prepare(engine, ['--load-restrictor', 'LoadRestrictionsNone']);
  await after(500);
  expect(standby.take(engine, [])).toBe(null);
  standby.prepare(engine, []);
  await after(50);
  await standby.close();
  expect(standby.take(engine, [])).toBe(null);
  end();
  expect((await program.ended).error).not.toBe(null);
  expect(write('{}')).toBe(false);
  await folder.dispose();
});

test.runIf(process.platform === 'linux')('it ends where whoever holds the pipe is gone', async () => {
  const cache = openCache(null);
  const engine = await findEngine(cache, tree(files));
  const standby = openStandby(0);
  const { program, folder, write } = await waiting(standby, engine);
  // As the system closes what a process held that is killed.
  write('');
  expect((await program.ended).error).toMatchObject({ code: 1, signal: null });
  await folder.dispose();
  await standby.close();
});
