import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureNode } from './measure.ts';
import { type Row, ratioRow, seconds } from './rows.ts';
import { siteEnvironment } from './sites.ts';

/**
 * What a warm build spends its time on, part by part, beside what another does: of the threads that run
 * JavaScript, by the module that each sample of a profile stood in, or that called what Node or V8 did for
 * it. Rolldown's own threads and programs that are started (Pagefind, Git) are not in it.
 */
export async function partsOf(project: string, name: string, ours: string, plain: string): Promise<Row[]> {
  const [own, other] = [await profiled(project, ours), await profiled(project, plain)];
  const parts = [...new Set([...own.keys(), ...other.keys()])];
  const surplus = (part: string) => (own.get(part) ?? 0) - (other.get(part) ?? 0);
  return parts
    .filter((part) => Math.abs(surplus(part)) > worthTelling)
    .sort((a, b) => surplus(b) - surplus(a))
    .map((part) =>
      ratioRow(
        `${name}: ${part}`,
        own.get(part) ?? 0,
        'plain Starlight',
        other.get(part) ?? 0,
        seconds,
        null,
      ),
    );
}

async function profiled(project: string, root: string): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-profile-'));
  try {
    const astro = join(project, 'node_modules/astro/bin/astro.mjs');
    await measureNode(['--cpu-prof', `--cpu-prof-dir=${folder}`, astro, 'build'], {
      cwd: root,
      env: siteEnvironment(root),
    });
    const spent = new Map<string, number>();
    for (const file of readdirSync(folder)) add(JSON.parse(readFileSync(join(folder, file), 'utf8')), spent);
    return spent;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Adds the seconds of each part. */
function add({ nodes, samples, timeDeltas }: Profile, spent: Map<string, number>): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const partAt = (id: number | undefined): string => {
    const frame = id === undefined ? undefined : byId.get(id)?.callFrame;
    if (frame === undefined) return 'Node';
    if (frame.functionName === '(garbage collector)') return 'garbage';
    return frame.url === '' ? partAt(parents.get(id ?? 0)) : partOf(frame.url);
  };
  const parts = new Map(nodes.map(({ id }) => [id, partAt(id)]));
  for (const [index, id] of samples.entries()) {
    if (byId.get(id)?.callFrame.functionName === '(idle)') continue;
    const part = parts.get(id) ?? 'Node';
    spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1e6);
  }
}

function partOf(url: string): string {
  if (/^node:internal\/(?:modules|bootstrap)/.test(url)) return 'loading modules';
  if (url.startsWith('node:')) return 'Node';
  const room = /\/plugins\/(\w+)\//.exec(url)?.[1];
  if (room !== undefined && url.includes('plumbline')) return `our ${room}`;
  if (/\/dist\/\.?(?:prerender|server)?/.test(url) && !url.includes('/node_modules/')) return 'pages';
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? '';
  if (/^(?:vite|rolldown|esbuild|postcss|lightningcss)/.test(name)) return 'Vite and Rolldown';
  if (/^(?:satteri|remark|rehype|mdast|hast|micromark|unist|@expressive-code|shiki|@shikijs)/.test(name))
    return 'Markdown and code';
  if (/^(?:astro|@astrojs\/)/.test(name)) return 'Astro and Starlight';
  return name === 'zod' ? 'zod' : 'other packages';
}

/** Seconds. */
const worthTelling = 0.02;

interface Profile {
  nodes: { id: number; children?: number[]; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  /** Microseconds. */
  timeDeltas: number[];
}
