import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isTurn, shareOfDay } from '../fuzz.ts';
import { deadLinks, reportedLinks, writeLinkPages } from './crawl.ts';
import { copySite, kept, type Site } from './site.ts';

const namespace = 'K8s/store/governance/namespace.yaml';
const project = 'IT/argocd/appproject-store.yaml';
const sites: Site[] = [];
const site = (how?: { ownCache: boolean }) => {
  const made = copySite('site-store', how);
  sites.push(made);
  return made;
};
const excerpts = (end: string) => `---
title: Excerpts
---

\`\`\`yaml source="IT/argocd/appproject-store.yaml" at="spec.destinations" {2}
\`\`\`

\`\`\`yaml source="K8s/store/web/secret.yaml"
\`\`\`

${end}
`;
const snapshot = (open: string, close: string) => {
  const mark = (text: string) => `${open} ${text} ${close}`;
  const opening = mark(`plumbline:table resources where="kind == 'Namespace'" columns="name"`);
  return `${opening}\n\n| Name |\n| --- |\n| store |\n\n${mark('/plumbline:table')}`;
};
const notes = `---
title: Notes
---

\`\`\`text source="NOTES.txt"
\`\`\`

[Here](../../NOTES.txt).
`;
/** No front matter; the second heading has the words of the first. */
const hosted = `# As on a Git host

[The title](#as-on-a-git-host) and [what is below](#as-on-a-git-host-1).

## As on a Git host

There is :fact[1]{count="kind == 'Deployment'"} deployment.
`;
/** What cannot be understood, with the line that is told. */
const unclear = `---
title: Unclear
---

::table{view="resorces"}

\`\`\`d2
store -> {
\`\`\`

There are :fact[1]{count="kind ==== 'Deployment'"}.
`;
afterAll(() => {
  for (const one of sites) one.remove();
});

/** A site under a base and one without take turns, each night both are built. */
const bases = shareOfDay(['/store', '/'], 2);
console.log(`builds of a site under ${bases.chosen.join(' and ')} (${bases.name})`);
/**
 * Builds that say much the same as another one take turns: of what is as it was, alone and beside a
 * middleware of the site's own, each every sixth day; of what is at fault and of what is mended, each every
 * second day.
 */
const unchanged = [null, 'export const onRequest = (_, next) => next();\n'].filter((_, index) =>
  isTurn(3 * index, 6),
);
const [isFaultyToo, isMendedToo] = [isTurn(0, 2), isTurn(1, 2)];

describe.each(bases.chosen)('a build that is true, under %s', { timeout: 240_000 }, (base) => {
  const store = site({ ownCache: true });
  const dist = join(store.root, 'dist');
  const at = base.replace(/\/$/, '');
  let first: Record<string, string>;

  test('renders what the manifests say, in .md and .mdx alike', async () => {
    if (base === '/') store.edit('astro.config.mjs', "base: '/store',", '');
    writeLinkPages(store);
    store.write('docs/guide/hosted.md', hosted);
    store.write('docs/guide/hosted-too.mdx', `${hosted}\nIn MDX.\n`);
    store.write('docs/guide/nameless.md', 'Words alone.\n');
    store.write('docs/guide/excerpts.md', excerpts(snapshot('<!--', '-->')));
    store.write('docs/guide/inside.mdx', excerpts(snapshot('{/*', '*/}')));
    store.write('NOTES.txt', 'one\n');
    store.write('docs/guide/notes.md', notes);
    // A fact that states no value, as that of a later test is another.
    store.edit('docs/guide/waves.md', '[-5]', '[]');
    commit(store);
    // By itself, as from a terminal, where there is time for another start of Node and Astro: at night.
    const { code, output, engines } = await store.build({ alone: bases.name === 'all' });
    expect(output).not.toContain('disagree');
    expect(code, output).toBe(0);
    expect(engines).toBe(1);
    first = contents(dist);
    expect(store.page('guide/waves').values('.pl-table', 'dataView')).toEqual(['resources']);
    expect(store.page('guide/live').texts('.pl-fact')).toContain('-5');
    expect(store.page('guide/picture').has('figure.pl-diagram svg')).toBe(true);
  });

  test('has dates of the pages themselves, and the commit', () => {
    const page = store.page('guide/waves');
    expect(page.values('time', 'dateTime')).toEqual(['2024-05-06T12:00:00.000Z']);
    expect(page.texts('.pl-verified').join(' ')).toMatch(/at commit \w{7}/);
  });

  test('has no dead link that is not told', async () => {
    const dead = deadLinks(dist, `${at}/`);
    expect(dead).toContain(base === '/' ? 'links/plain /store/file.pdf' : 'links/plain /file.pdf');
    expect(dead).toEqual(await reportedLinks(store.root, join(store.root, kept)));
  });

  test.each(['hosted', 'hosted-too'])(
    '%s: the first heading of a page without a title is its title, once',
    (page) => {
      const read = store.page(`guide/${page}`);
      expect(read.texts('h1')).toEqual(['As on a Git host']);
      expect(read.values('[id^=as-on]', 'id')).toEqual(['as-on-a-git-host', 'as-on-a-git-host-1']);
      expect(read.texts('.pl-fact')).toEqual(['1']);
    },
  );

  test('a page without any heading is called by its file', () => {
    expect(store.page('guide/nameless').texts('h1')).toEqual(['nameless']);
  });

  test('turns links between files into addresses under the base', () => {
    const links = store.page('').values('.sl-markdown-content a', 'href');
    expect(links).toContain(`${at}/guide/waves/#order`);
    expect(links).toContain(`${at}/guide/live/`);
  });

  test('links references and shapes to the pages of their resources', () => {
    const address = `${at}/resources/deployment/store/web/`;
    expect(store.page('guide/live').values('a.pl-ref', 'href')).toContain(address);
    expect(store.html('guide/picture')).toContain(`${at}/resources/namespace/store/`);
    expect(store.html('resources/deployment/store/web')).toContain('registry.example.com/web:1.4.0');
    expect(store.page('resources').values('main a', 'href')).toContain(address);
  });

  test('a resource page says where, by whom and when', () => {
    const html = store.html('resources/namespace/store');
    expect(html.replaceAll('<wbr>', '')).toContain(`${namespace}:1`);
    expect(html).toContain('store-governance');
    expect(html).toMatch(/wave -5, step 1 of \d/);
  });

  test('shows of a Secret the keys alone', () => {
    expect(store.html('resources/secret/store/web')).toContain('password');
    expect(grep(store.root, 'planted-secret-value')).toEqual(['K8s/store/web/secret.yaml']);
  });

  test('headings have links, in pages behind the link of the collection too', () => {
    const linked = (page: string) => store.page(page).values('a.sl-anchor-link', 'href');
    expect(linked('guide/waves')).toContain('#order');
    expect(linked('guide/live')).toContain('#what-there-is');
  });

  test('says under a page what was checked', () => {
    const foot = (page: string) => store.page(page).texts('.pl-verified.not-content');
    expect(foot('guide/waves')).toEqual([
      expect.stringMatching(/^Verified[\s\S]*1 claim, 1 fact, 1 table[\s\S]*1 of 1 sentence checked/),
    ]);
    expect(foot('')).toEqual([]);
  });

  test('points the edit link at the real file and gives made pages none', () => {
    const edited = (page: string) => store.page(page).values('a[href*="/edit/main/"]', 'href');
    expect(edited('guide/waves')).toEqual(['https://git.example.com/store/edit/main/docs/guide/waves.md']);
    expect(edited('resources/namespace/store')).toEqual([]);
  });

  test.each(['excerpts', 'inside'])(
    '%s: an excerpt is a code block of the site, with its file above and the way to it below',
    (name) => {
      const page = store.page(`guide/${name}`);
      expect(page.texts('figure.frame .title')).toContain('IT/argocd/appproject-store.yaml');
      expect(page.has('figure.frame .ec-line.highlight.mark')).toBe(true);
      expect(page.texts('figure.frame span[style^="--"]')).toContain('destinations');
      expect(page.texts('figure.frame').join(' ')).not.toContain('source=');
      expect(page.has('.expressive-code + p.pl-excerpt')).toBe(true);
      // On the site a snapshot is the live table; what was written out for a Git host is not shown a second
      // time.
      expect(page.values('.pl-table', 'dataView')).toEqual(['resources']);
      expect(page.texts('td a[href$="/resources/namespace/store/"]')).toContain('store');
      expect(page.texts('table')).toHaveLength(1);
    },
  );

  test.runIf(unchanged.length > 0)(
    'built again from the store gives the same bytes, with no page out of a frame, and renders no Markdown page and no diagram',
    async () => {
      const outcomes = () => Object.keys(contents(join(store.root, kept, 'outcome')));
      expect(outcomes()).toHaveLength(1);
      // Beside a middleware of the site's own Astro makes each page; its file is one that a page could show.
      for (const middleware of unchanged) {
        if (middleware !== null) store.write('src/middleware.js', middleware);
        const { code, rendered, engines } = await store.build();
        expect([code, engines]).toEqual([0, 0]);
        expect(rendered.filter((page) => page.endsWith('.md'))).toEqual([]);
        expect(contents(dist)).toEqual(first);
        expect(outcomes()).toHaveLength(middleware === null ? 1 : 2);
      }
      rmSync(join(store.root, 'src/middleware.js'), { force: true });
    },
  );

  // Which page is digested anew by which change is held in `check-pages.test.ts`.
  test('manifests and files that changed render exactly the pages that used them', async () => {
    expect(store.html('guide/waves')).toContain('>-5<');
    store.edit(namespace, '"-5"', '"-7"');
    store.edit(project, 'destinations:', 'destinations: # now');
    store.edit('NOTES.txt', 'one', 'two');
    const { code, rendered, engines } = await store.build();
    expect(code).toBe(0);
    expect(engines).toBe(0);
    expect(rendered.filter((page) => page.endsWith('.md') && !page.startsWith('resources'))).toEqual([
      'guide/excerpts.md',
      'guide/notes.md',
      'guide/waves.md',
      'status.md',
    ]);
    expect(rendered).not.toContain('resources/applicationset/argocd/store.md');
    expect(rendered).toContain('resources/namespace/store.md');
    expect(store.html('guide/waves')).toContain('>-7<');
    expect(store.html('guide/live')).toContain('>-7<');
    expect(store.html('resources/namespace/store')).toContain('wave -7');
    expect(store.html('guide/excerpts')).toContain('# now');
    expect(store.html('guide/notes')).toContain('two');
  });

  test.runIf(isFaultyToo)('that was clean fails with every fault at once, both sides of each', async () => {
    store.edit(namespace, '"-7"', '"4"');
    store.edit('docs/guide/live.mdx', ':fact[1]', ':fact[3]');
    store.edit('docs/guide/picture.md', 'gitops:Namespace/store', 'gitops:Namespace/stores');
    store.edit('docs/guide/hosted-too.mdx', 'In MDX', 'In <MDX');
    store.write('docs/guide/unclear.md', unclear);
    rmSync(join(store.root, 'NOTES.txt'));
    const { code, output, rendered } = await store.build();
    expect(code).toBe(1);
    for (const place of [
      'docs/guide/notes.md:5:',
      'docs/guide/notes.md:8:',
      'docs/guide/waves.md:5:1',
      'docs/guide/live.mdx:7:',
      'docs/guide/picture.md:7:',
      'docs/guide/hosted-too.mdx:9:',
      'docs/guide/unclear.md:5:',
      'docs/guide/unclear.md:8:',
      'docs/guide/unclear.md:11:',
      `${namespace}:6`,
    ])
      expect(output).toContain(place);
    for (const fault of [
      'error[claim-false]',
      'error[fact-stale]',
      'error[diagram-reference-unknown]',
      'error[diagram-invalid]',
      'error[directive-invalid]',
      'error[query-invalid]',
      'warning[link-broken]',
    ])
      expect(output).toContain(fault);
    expect(output).toContain('Namespace/store');
    expect(rendered).toEqual([]);
  });

  test.runIf(isMendedToo)('is clean after the mend, and the warm result is the cold one', async () => {
    if (isFaultyToo) {
      rmSync(join(store.root, 'docs/guide/unclear.md'));
      store.edit(namespace, '"4"', '"-7"');
      store.edit('docs/guide/live.mdx', ':fact[3]', ':fact[1]');
      store.edit('docs/guide/picture.md', 'gitops:Namespace/stores', 'gitops:Namespace/store');
      store.edit('docs/guide/hosted-too.mdx', 'In <MDX', 'In MDX');
    }
    store.write('NOTES.txt', 'one\n');
    store.edit(namespace, '"-7"', '"-5"');
    store.edit(project, 'destinations: # now', 'destinations:');
    const { code } = await store.build();
    expect(code).toBe(0);
    expect(contents(dist)).toEqual(first);
  });
});

/** One of them each day: what each says is held by tests of its own, without a build. */
const refused: [string, (store: Site) => void, (built: { output: string; store: Site }) => void][] = [
  [
    'a configuration that makes no sense says how to mend it',
    (store) => store.write('plumbline.yaml', 'layer: {}\n'),
    ({ output }) => {
      expect(output).toContain('layers');
      expect(output).not.toContain('at parseConfig');
    },
  ],
  [
    'beside another one of the same folder names that one, and leaves alone what it has written',
    (store) => {
      mkdirSync(join(store.root, '.astro'));
      mkdirSync(join(store.root, 'dist'));
      store.write('dist/index.html', 'of the other');
      const other = { pid: process.pid, started: null, host: hostname() };
      store.write('.astro/plumbline-build.lock', JSON.stringify(other));
    },
    ({ output, store }) => {
      expect(output).toContain(`Another build of this site is running: process ${process.pid}.`);
      expect(store.read('dist/index.html')).toBe('of the other');
    },
  ],
  [
    'an option of the plugin that there is not names the one that is meant',
    (store) => store.edit('astro.config.mjs', 'plumbline()', 'plumbline({ resource: false })'),
    ({ output }) => {
      expect(output).toContain('`plumbline()` has no option `resource`.');
      expect(output).toContain('Did you mean `resources`?');
      expect(output).not.toContain('at readOptions');
    },
  ],
];

describe('a build that is not', { timeout: 240_000 }, () => {
  test.each(shareOfDay(refused, 3).chosen)('%s', async (_what, prepare, judge) => {
    const store = site();
    prepare(store);
    const { code, output } = await store.build();
    expect(code).toBe(1);
    judge({ output, store });
  });
});

/** Commits what a site has, at a time that is known. */
function commit({ root }: Site): void {
  const date = '2024-05-06T12:00:00Z';
  const env = { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root, env });
  git('init', '--quiet');
  git('add', 'docs', 'K8s', 'IT');
  git('commit', '--quiet', '-m', 'first');
}

/** Every file under a folder with its bytes. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'latin1')]));
}

/** Files under a folder that hold a text; the cache and the built site included. */
function grep(folder: string, text: string): string[] {
  return Object.entries(contents(folder)).flatMap(([path, content]) =>
    content.includes(text) ? [path.slice(folder.length + 1)] : [],
  );
}
