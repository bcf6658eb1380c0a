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
    let used = 0;
    // Where it has not come as far as to read, another one is started.
    for (let turn = 0; turn < 10 && used === 0; turn++) {
      const started = await waiting(standby, engine);
      await after(300 * (turn + 1));
      const given = { ...standby, prepare: () => undefined, take: () => started };
      const pass = openPass(sources, { cache, standby: given });
      pass.engine = engine;
      const text = await openTogether(pass).textOf('K8s/a');
      const { stage } = pass;
      if (stage === undefined) throw new Error('no copy was made');
      expect(stage.directory('.').startsWith(started.folder.path)).toBe(true);
      const alone = await build(engine, stage.directory('K8s/a'), stage.home, [], 60_000);
      expect(alone).toEqual({ ok: true, text });
      expect(text).toContain('name: my-settings');
      used += pass.waiting === undefined && (await started.program.ended).error === null ? 1 : 0;
      await disposePass(pass);
      expect(existsSync(started.folder.path)).toBe(false);
    }
    expect(used).toBe(1);
    await standby.close();
  },
);

test.runIf(process.platform === 'linux')('none is left that waits, nor its folder', async () => {
  const cache = openCache(null);
  const engine = await findEngine(cache, tree(files));
  const standby = openStandby(0);
  const { program, folder } = await waiting(standby, engine);
  // One that is started otherwise is none of this.
  standby.prepare(engine, ['--enable-helm']);
  await after(500);
  expect(standby.take(engine, [])).toBe(null);
  standby.prepare(engine, []);
  await after(50);
  await standby.close();
  expect(standby.take(engine, [])).toBe(null);
  program.kill();
  expect((await program.ended).error).toMatchObject({ signal: 'SIGKILL' });
  await folder.dispose();
});
