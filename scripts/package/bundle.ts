import { isAbsolute, join, posix } from 'node:path';
import { type Plugin, RolldownMagicString, rolldown } from 'rolldown';
import { parseSync, Visitor } from 'rolldown/utils';
import { slashed } from '../../plugins/base/index.ts';

/**
 * Writes our modules as few files, so that a process that loads them reads few: a module that an entry, or
 * what it loads later, is alone in needing lies in its file, what several need in one that they share. What
 * we depend on stays a dependency, names stay as they are, and an entry lies where it lies here.
 * @param manifest that of the published package, from which our modules read what they are.
 * @throws with what the bundler says: it has nothing to warn of.
 */
export async function bundle(root: string, target: string, manifest: object): Promise<void> {
  for (const { entries, chunks } of graphs) {
    const input = Object.fromEntries(entries.map((path) => [withoutEnding(path), join(root, path)]));
    const built = await rolldown({
      input,
      cwd: root,
      platform: 'node',
      external: (id) => !id.startsWith('.') && !isAbsolute(id),
      transform: { target: 'es2024' },
      treeshake: { moduleSideEffects: [{ test: patterns, sideEffects: false }] },
      plugins: [placed(root), published(join(root, 'package.json'), manifest)],
      onLog: (_, { message }) => {
        throw new Error(message);
      },
    });
    try {
      await built.write({
        ...{ dir: target, format: 'esm', comments: false, minify: false },
        codeSplitting: chunks !== null && { groups: [{ name: 'patterns', test: patterns }] },
        ...{ entryFileNames: '[name].js', chunkFileNames: `${chunks}/[name].js` },
      });
    } finally {
      await built.close();
    }
  }
}

/**
 * What is loaded each by itself, and so may not share: a module is loaded once by Node, and once more by Vite
 * where a site is made of it, for the pages and for a browser. A graph without a folder for chunks is one
 * file.
 */
const graphs: readonly { entries: string[]; chunks: string | null }[] = [
  {
    entries: [
      'scripts/plumbline.ts',
      'plugins/starlight/index.ts',
      'plugins/starlight/run/check-thread.ts',
      'plugins/d2/worker/host.ts',
      'plugins/base/starter.ts',
    ],
    chunks: 'chunks/node',
  },
  // Vite runs it, where it reads which collections a site has.
  { entries: ['plugins/starlight/loader.ts'], chunks: null },
  // What runs in a browser, and what makes the pages: Vite looks at each file of them in every build.
  {
    entries: ['page', 'edit', 'lost', 'toolbar-app'].map((name) => `plugins/starlight/client/${name}.ts`),
    chunks: 'chunks/browser',
  },
  {
    entries: [
      'plugins/starlight/site/commit.ts',
      'plugins/starlight/site/route.ts',
      'plugins/starlight/search/route.ts',
      'plugins/starlight/trust/facts-route.ts',
      'plugins/starlight/icons/route.ts',
      'plugins/starlight/components/parts.ts',
    ],
    chunks: 'chunks/site',
  },
];

/** What a large package comes with, which most processes need nothing of, lies in a file of its own. */
const patterns = /\bbase[\\/](?:re2|glob-parts|expand-match)\.ts$/;

/** Lets a module find what lies beside it from whichever file it has come into. */
function placed(root: string): Plugin {
  return {
    name: 'placed',
    transform: {
      filter: { id: /\.ts$/, code: 'import.meta' },
      handler(code, id) {
        const path = slashed(root, id);
        const places: Readonly<Record<string, string>> = {
          url: `new URL("place:${withoutEnding(path)}.js", import.meta.url).href`,
          dirname: `(import.meta.dirname + "/place:${posix.dirname(path)}")`,
        };
        const text = new RolldownMagicString(code);
        const visitor = new Visitor({
          MemberExpression({ object, property, start, end }) {
            const asked = property.type === 'Identifier' ? places[property.name] : undefined;
            if (object.type === 'MetaProperty' && asked !== undefined) text.update(start, end, asked);
          },
        });
        visitor.visit(parseSync(id, code).program);
        return { code: text.toString() };
      },
    },
    renderChunk: (code, { fileName }) =>
      code.replaceAll(
        /(?<=")(\/?)place:([^"]*)(?=")/g,
        (_, slash: string, path: string) => slash + posix.relative(posix.dirname(fileName), path),
      ),
  };
}

/** Our modules read the manifest of what is published. */
function published(file: string, manifest: object): Plugin {
  return {
    name: 'published',
    load: (id) => (id === file ? { code: JSON.stringify(manifest), moduleType: 'json' } : null),
  };
}

function withoutEnding(path: string): string {
  return path.replace(/\.ts$/, '');
}
