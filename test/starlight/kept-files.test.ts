import { join } from 'node:path';
import { createServer } from 'vite';
import { describe, expect, test } from 'vitest';
import { keptByVite, keptFiles } from '../../plugins/starlight/run/kept-files.ts';
import { makeProject } from '../../plugins/starlight/whole/project.ts';
import { tree } from '../source/tree.ts';

const beyond = tree({ 'a.txt': 'x', 'a.png': 'x' });

describe('what a development server keeps', () => {
  test.each<[string, string, string, string[], string[]]>([
    [
      'a site at the top',
      'layers: {bootstrap: [], gitops: [K8s]}',
      '.',
      ['K8s/a.yaml', 'K8s/secret.txt', 'src/manifest.md', 'src/beyond.md', 'src/beyond.png'],
      ['src/a.yaml', 'src/a.ts', 'K8s/a.png', 'K8s', 'src/within.md', 'none'],
    ],
    [
      'a site within what is read',
      'layers: {bootstrap: [], gitops: [.]}',
      'site',
      ['K8s/a.yaml', 'src/a.yaml', 'src/manifest.md', 'src/beyond.md'],
      ['src/a.ts', 'K8s/a.png', 'src/within.md'],
    ],
  ])('of %s', async (_name, layers, site, kept, given) => {
    const root = tree({
      'plumbline.yaml': `${layers}\nrepository: {url: https://git.example.com/a.git}\n`,
      ...Object.fromEntries(
        ['K8s/a.yaml', 'K8s/secret.txt', 'K8s/a.png', 'src/a.yaml', 'src/a.ts', 'site/x'].map((path) => [
          path,
          'x',
        ]),
      ),
      'src/manifest.md': '-> ../K8s/a.yaml',
      'src/within.md': '-> a.ts',
      'src/beyond.md': `-> ${beyond}/a.txt`,
      'src/beyond.png': `-> ${beyond}/a.png`,
    });
    const siteRoot = join(root, site);
    const { isKept, patterns } = await keptFiles({
      root,
      docs: undefined,
      siteRoot,
      publicDir: join(siteRoot, 'public'),
    });
    const all = [...kept, ...given];
    expect(all.filter((path) => isKept(join(root, path), []))).toEqual(kept);
    // Vite itself is given the same but for links, which it does not follow.
    const server = await createServer({
      root,
      configFile: false,
      server: { middlewareMode: true, ws: false, fs: { deny: [...keptByVite, ...patterns] } },
    });
    const { fsDenyGlob } = server.config as unknown as { fsDenyGlob(path: string): boolean };
    expect(all.filter((path) => fsDenyGlob(join(root, path)))).toEqual(
      kept.filter((path) => !path.startsWith('src/') || path.endsWith('.yaml')),
    );
    expect(fsDenyGlob(join(root, '.env'))).toBe(true);
    await server.close();
  });

  test('of a whole repository: all but the project that is made for it', async () => {
    const root = tree({ 'K8s/a.yaml': 'x' });
    const project = await makeProject({
      root,
      title: 'a',
      language: 'en',
      errors: 'warn',
      isTrusted: false,
      isQuiet: true,
    });
    expect(project.config.vite?.server?.fs).toEqual({ strict: true, allow: [project.path] });
    await project.dispose();
  });
});
