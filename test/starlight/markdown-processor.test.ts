import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import type { AstroConfig } from 'astro';
import { expect, onTestFinished, test } from 'vitest';
import { ensureStarlightHasRemark, processorOf } from '../../plugins/starlight/site/markdown-processor.ts';

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
