import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

test.runIf(process.platform === 'linux')(
  'what was built lies in the copy when it is built again, as it is by then',
  async () => {
    const top = 'resources: [one.yaml, other.yaml]\n';
    const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
    const root = tree({
      'K8s/a/kustomization.yaml': top,
      'K8s/a/one.yaml': map('one'),
      'K8s/a/other.yaml': map('other'),
    });
    const cache = openCache(null);
    const engine = await findEngine(cache, root);
    const standby = openStandby(0);
    const build = async () => {
      const pass = openPass(await read(root), { cache, standby });
      pass.engine = engine;
      const text = await openTogether(pass).textOf('K8s/a');
      const copy = pass.stage?.directory('K8s/a') ?? '';
      const files = readdirSync(copy).sort();
      await disposePass(pass);
      return { text, files };
    };
    const copied = async () => {
      for (let turn = 0; turn < 200; turn++) {
        await after(50);
        const started = standby.take(engine, []);
        if (started === null) continue;
        standby.take = () => {
          standby.take = take;
          return started;
        };
        return [...started.copied.keys()].sort();
      }
      throw new Error('no engine came to wait');
    };
    const { take } = standby;
    expect((await build()).text).toBe(null);
    expect(await copied()).toEqual(['K8s/a/one.yaml', 'K8s/a/other.yaml']);
    writeFileSync(join(root, 'K8s/a/one.yaml'), map('new'));
    const edited = await build();
    expect(edited.text).toContain('name: new');
    expect(edited.text).not.toContain('name: one');
    expect(edited.files).toEqual(['kustomization.yaml', 'one.yaml', 'other.yaml']);
    await copied();
    writeFileSync(join(root, 'K8s/a/kustomization.yaml'), 'resources: [one.yaml]\n');
    rmSync(join(root, 'K8s/a/other.yaml'));
    const less = await build();
    expect(less.text).toContain('name: new');
    expect(less.text).not.toContain('name: other');
    expect(less.files).toEqual(['kustomization.yaml', 'one.yaml']);
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
