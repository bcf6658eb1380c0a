/**
 * A process of its own: one D2 engine, one job at a time, compile and render in one go. D2.js's own worker is
 * not used: it always loads ELK, never says that it died, and its memory stays with the process that builds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { compiledFrom, errorsFrom, ownFile } from '../compile-diagram.ts';
import { boardsUnder } from '../compiled-boards.ts';
import { mostNested, nestingOf } from '../nesting.ts';
import type { CompileReply } from '../reply.ts';
import { blankFont } from './blankFont.ts';
import { engineCode } from './engine-code.ts';
import type { AuthorTheme, Drawing, Job, JobReply } from './instance.ts';

const directory = process.argv[2] ?? '';
// V8's last optimizing compiler takes 0.3 GB and half as much time again for Go's large functions, which
// diagrams never repay, and for the layouts, in JavaScript, a tenth more than the one before it; that one is
// worth its time ten times as late as V8 begins it, as D2 loads the code of a layout anew for each drawing.
// Variables that double, globs and boards may ask for any amount: one diagram gets 768 MiB, in pages of 64
// KiB.
for (const flag of [
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
  '--no-turbofan',
  '--invocation-count-for-maglev=4000',
  '--wasm-max-mem-pages=12288',
])
  setFlagsFromString(flag);

run('wasm_exec.js');
const go = new (globalThis as unknown as { Go: new () => GoRuntime }).Go();
// Twice as much as usual between two collections costs a few megabytes and saves a tenth of the time.
go.env = { GOGC: '200' };
const { instance } = await WebAssembly.instantiate(engineCode(directory), go.importObject);
void go.run(instance);
const blankFamily = registerBlankFont();
process.on('message', (job: Job) => process.send?.(draw(job)));
process.on('disconnect', () => process.exit());
process.send?.('ready');

function draw({ input, defaults }: Job): JobReply {
  const { source, files, layout } = input;
  const fs = { ...files, [ownFile]: source };
  if (Object.values(fs).some((text) => text.includes('elk')) || layout === 'elk') loadElk();
  // Dagre is D2's default; left unsaid, a diagram's own `layout-engine` counts.
  const options = { sketch: false, ...(layout === 'dagre' ? {} : { layout }) };
  const compiled = call<CompileReply>('compile', { fs, inputPath: ownFile, options });
  if (!compiled.ok) return { compiled: { ok: false, errors: errorsFrom(compiled.message) }, drawing: null };
  const chosen = Object.fromEntries(
    Object.entries(compiled.data.diagram.config ?? {}).filter(
      ([name, value]) => choices.has(name) && value !== null && value !== 0,
    ),
  );
  const { diagram, graph } = compiled.data;
  const svgs = new Map<string, string>();
  for (const board of [{ id: '', diagram }, ...boardsUnder(diagram, graph)]) {
    const svg = call<string>('render', {
      diagram: { ...board.diagram, ...blankFamily },
      options: { ...defaults, ...chosen, noXMLTag: true },
    });
    if (!svg.ok) return { compiled: { ok: false, errors: errorsFrom(svg.message) }, drawing: null };
    const text = Buffer.from(svg.data, 'base64').toString('utf8');
    if (nestingOf(text) > mostNested) {
      const message = `its Markdown nests elements more than ${mostNested} deep`;
      return { compiled: { ok: false, errors: [{ message, range: null }] }, drawing: null };
    }
    svgs.set(board.id, text);
  }
  return {
    compiled: compiledFrom(compiled.data, input, svgs),
    drawing: drawingFrom([...svgs], Object.keys(chosen)),
  };
}

function call<T>(
  name: 'compile' | 'render',
  request: unknown,
): { ok: true; data: T } | { ok: false; message: string } {
  const api = (globalThis as unknown as { d2: Record<typeof name, (request: string) => string> }).d2;
  const reply = JSON.parse(api[name](JSON.stringify(request))) as {
    data: T;
    error?: { message: string } | null;
  };
  return reply.error ? { ok: false, message: reply.error.message } : { ok: true, data: reply.data };
}

/**
 * Makes the blank font known to D2; what the diagram is then told to embed. Without it D2 embeds its own, and
 * it only takes longer.
 */
function registerBlankFont(): { fontFamily?: string; monoFontFamily?: string } {
  const font = blankFont();
  const options = { fontRegular: font, fontItalic: font, fontBold: font, fontSemibold: font };
  const reply = call<CompileReply>('compile', { fs: { [ownFile]: 'x' }, inputPath: ownFile, options });
  const family = reply.ok ? reply.data.diagram.fontFamily : undefined;
  return typeof family === 'string' ? { fontFamily: family, monoFontFamily: family } : {};
}

/**
 * ELK is 3.6 MB of JavaScript: loaded by the first diagram that asks for it. It registers its algorithms from
 * timers, which would fire after the diagram; so for as long as it loads, a timer fires at once (what its own
 * set-up script means to do).
 */
function loadElk(): void {
  if ('elkLayoutSync' in globalThis) return;
  const later = globalThis.setTimeout;
  globalThis.setTimeout = ((act: () => void) => act()) as typeof later;
  try {
    run('elk.js');
    run('setup.js');
  } finally {
    globalThis.setTimeout = later;
  }
}

function run(file: string): void {
  new Function(readFileSync(join(directory, file), 'utf8')).call(globalThis);
}

/**
 * The styles, embedded fonts among them, are nine tenths of the text; only the colours of a theme that was
 * chosen are kept.
 */
function drawingFrom([own, ...boards]: [string, string][], chosen: string[]): Drawing {
  const bare = (svg: string): string => svg.replace(/<style[^>]*>.*?<\/style>/gs, '');
  const svg = own?.[1] ?? '';
  return {
    svg: bare(svg),
    boards: Object.fromEntries(boards.map(([id, board]) => [id, bare(board)])),
    theme: chosen.some((name) => /theme/i.test(name)) ? themeFrom(svg) : null,
  };
}

function themeFrom(svg: string): AuthorTheme {
  const [light = '', dark = ''] = svg.split('@media screen and (prefers-color-scheme:dark)');
  const colours = (css: string): Map<string, string> =>
    new Map(
      [...css.matchAll(/\.fill-([A-Z]+\d)\{fill:(#[0-9a-fA-F]{3,8});\}/g)].map(
        ([, code = '', colour = '']) => [code, colour],
      ),
    );
  const darks = colours(dark);
  return Object.fromEntries(
    [...colours(light)].map(([code, colour]) => [code, { light: colour, dark: darks.get(code) ?? colour }]),
  );
}

/**
 * What of its `d2-config` a diagram decides for itself; the rest is the site's. Theme 0 is what D2 says where
 * none is chosen.
 */
const choices = new Set(['themeID', 'darkThemeID', 'themeOverrides', 'darkThemeOverrides', 'pad']);

interface GoRuntime {
  env: Record<string, string>;
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}
