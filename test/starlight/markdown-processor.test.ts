import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import type { AstroConfig } from 'astro';
import { expect, onTestFinished, test } from 'vitest';
import { ensureStarlightHasRemark, processorOf } from '../../plugins/starlight/site/markdown-processor.ts';
import { refuseOutdated } from '../../plugins/starlight/site/outdated.ts';
import { findPeers } from '../../plugins/starlight/whole/peers.ts';

const configured = (processor: { name: string; options?: unknown }) =>
  processorOf({ markdown: { processor } } as unknown as AstroConfig);

test('both of Astro’s Markdown processors are known, and any other is refused', () => {
  expect(configured(unified()).name).toBe('unified');
  expect(configured({ name: 'satteri', options: { mdastPlugins: [] } }).name).toBe('satteri');
  for (const other of [{ name: 'markdown-it' }, { name: 'satteri', options: { plugins: [] } }])
    expect(() => configured(other)).toThrow(
      expect.objectContaining({
        message: `Plumbline does not know the Markdown processor \`${other.name}\` of \`markdown.processor\`.`,
        hint: expect.stringContaining('`@astrojs/markdown-remark`'),
      }),
    );
});

test('unified that Starlight does not find is refused, as pages would lose their asides', () => {
  const site = mkdtempSync(join(tmpdir(), 'plumbline-site-'));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  const place = (name: string) => {
    mkdirSync(join(site, 'node_modules', name), { recursive: true });
    writeFileSync(join(site, 'node_modules', name, 'package.json'), '{"exports": "./index.js"}');
    writeFileSync(join(site, 'node_modules', name, 'index.js'), '');
  };
  place('@astrojs/starlight');
  const ensure = () => ensureStarlightHasRemark(configured(unified()), site);
  expect(ensure).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^Install `@astrojs\/markdown-remark`/) }),
  );
  place('@astrojs/markdown-remark');
  expect(ensure).not.toThrow();
});

test('an Astro or Starlight from before what the plugin rests on is refused with what to install', () => {
  const site = mkdtempSync(join(tmpdir(), 'plumbline-site-'));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  const place = (name: string, version: string) => {
    mkdirSync(join(site, 'node_modules', name), { recursive: true });
    writeFileSync(join(site, 'node_modules', name, 'package.json'), JSON.stringify({ version }));
  };
  const from = join(site, 'index.js');
  expect(() => refuseOutdated(site)).not.toThrow();
  expect(() => findPeers(from)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(
        'of which `astro` is not installed, `@astrojs/starlight` is not installed',
      ),
      help: expect.stringContaining('npm install astro @astrojs/starlight @astrojs/markdown-remark'),
    }),
  );
  place('astro', '6.5.9');
  place('@astrojs/starlight', '0.41.10');
  expect(() => refuseOutdated(site)).toThrow(
    expect.objectContaining({
      name: 'PlumblineConfigError',
      message:
        'Plumbline finds `astro` 6.5.9, but needs 7.3.0 or newer and `@astrojs/starlight` 0.41.10, but needs 0.42.0 or newer.',
      hint: '`npm install astro@latest @astrojs/starlight@latest`, or run `npx @astrojs/upgrade`.',
    }),
  );
  expect(() => findPeers(from)).toThrow('`astro` is 6.5.9, and 7.3.0 is needed');
  place('astro', '7.10.0');
  place('@astrojs/starlight', '0.42.0-beta.1');
  expect(() => refuseOutdated(site)).not.toThrow();
});
