import { availableParallelism } from 'node:os';
import { compareText, digestOf, openPatience } from '../base/index.ts';
import type { Cache } from '../source/index.ts';
import { createPool, type Drawn } from './pool.ts';
import type { Compiled, D2Input, RenderOptions } from './types.ts';
import { engineVersion } from './worker/engine-files.ts';
import type { Drawing } from './worker/instance.ts';

/**
 * D2 for a whole run. Each text is compiled and drawn once, in one job of the pool, and kept in the cache by
 * everything it was made from; what a page adds (salt, title, links) is put in afterwards, so that one
 * drawing serves every page and a warm answer is the cold one byte for byte.
 * @param options.size engines at most; two by default, as more gain nothing on a machine that also builds a
 * site.
 * @param options.waits milliseconds for one diagram, and for slow ones together.
 */
export function createD2({ cache, size, waits = defaultWaits, others, tell }: D2Options): D2 {
  const version = engineVersion();
  const patience = openPatience(waits);
  const pool = createPool({ size: size ?? Math.min(2, availableParallelism()), patience });
  const underway = new Map<string, Promise<Drawn>>();

  const draw = async (input: D2Input, key: string): Promise<Drawn> => {
    const theirs = others && (await others(nameOf(key)).then(() => kept(key)));
    if (theirs) return theirs;
    const drawn = await pool.draw({ input, defaults });
    if (drawn.lasting) {
      if (drawn.drawing !== null) await cache.set(svgKind, key, JSON.stringify(drawn.drawing));
      await cache.set(compiledKind, key, JSON.stringify(drawn.compiled));
    }
    tell?.(nameOf(key));
    return drawn;
  };

  const kept = async (key: string): Promise<Drawn | null> => {
    const compiled = parsed<Compiled>(await cache.get(compiledKind, key), 'ok');
    const drawing = parsed<Drawing>(await cache.get(svgKind, key), 'svg') ?? null;
    return compiled && (drawing || !compiled.ok) ? { compiled, drawing, lasting: true } : null;
  };

  const drawOnce = (input: D2Input, key: string): Promise<Drawn> => {
    const running = underway.get(key) ?? draw(input, key).finally(() => underway.delete(key));
    underway.set(key, running);
    return running;
  };

  const compileKnown = async (input: D2Input, key: string): Promise<Compiled> =>
    parsed<Compiled>(await cache.get(compiledKind, key), 'ok') ?? (await drawOnce(input, key)).compiled;

  const prepare = (input: D2Input): [D2Input, string] => {
    const { source, layout } = input;
    const own = { source, layout, files: reachable(input) };
    return [own, JSON.stringify([version, ownVersion, own.layout, own.source, Object.entries(own.files)])];
  };

  return {
    compile: async (input) => compileKnown(...prepare(input)),
    render: async (input, options) => {
      const [own, key] = prepare(input);
      const compiled = await compileKnown(own, key);
      if (!compiled.ok)
        throw new Error(
          `D2 cannot draw this: ${compiled.unfinished ?? compiled.errors[0]?.message ?? 'unknown error'}`,
        );
      const known = parsed<Drawing>(await cache.get(svgKind, key), 'svg');
      const drawing = known ?? (await drawOnce(own, key)).drawing;
      if (drawing === null) throw new Error('D2 compiled this diagram once and then could not draw it');
      // A build that draws nothing new does not wait for a parser of SVG.
      const { finishSvg } = await import('./svg/index.ts');
      return finishSvg(drawing, compiled, input.icons ?? {}, options);
    },
    warm: async (inputs) => {
      let unknown = 0;
      for (const input of inputs)
        if ((await cache.get(compiledKind, prepare(input)[1])) === undefined) pool.warm(++unknown);
    },
    restore: () => patience.restore(),
    rest: () => pool.rest(),
    dispose: () => pool.dispose(),
  };
}

/**
 * The virtual files that a text can import, by a test that errs on the side of more: a file counts when a
 * text that counts has an `@` and names it. The rest does not reach D2, and a change in it does not cost the
 * cached drawing.
 */
export function reachable({ source, files }: Pick<D2Input, 'source' | 'files'>): Record<string, string> {
  const names = Object.keys(files).sort(compareText);
  const found = new Set<string>();
  const texts = [source];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    if (!text.includes('@')) continue;
    for (const name of names) {
      const bare = name.replace(/^.*\//, '').replace(/\.d2$/, '');
      if (found.has(name) || !text.includes(bare)) continue;
      found.add(name);
      texts.push(files[name] ?? '');
    }
  }
  return Object.fromEntries(names.filter((name) => found.has(name)).map((name) => [name, files[name] ?? '']));
}

function nameOf(key: string): string {
  return digestOf(key, 32);
}

/** A cached answer; undefined where it is not one, so that it is made again. */
function parsed<T>(text: string | undefined, mark: string): T | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && mark in value ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What D2 draws with where the diagram does not say; with both themes it names colours by code, which the
 * site then sets.
 */
const defaults = { themeID: 0, darkThemeID: 200, pad: 8 };
/**
 * How much there is to draw is counted before (`drawingSteps`), and may be wrong: three of those that D2 does
 * not finish, then it has a few seconds for each, and in the end none.
 */
const defaultWaits = { each: 20_000, quick: 5000, together: 60_000 };
const compiledKind = 'd2-compile';
const svgKind = 'd2-svg';
/** Rises whenever what this room keeps in the cache changes. */
const ownVersion = 5;

export interface D2Options {
  cache: Cache;
  size?: number;
  waits?: Parameters<typeof openPatience>[0];
  /** Waits for another D2 with the same cache, which has drawn what has this name by then, or never will. */
  others?: ((name: string) => Promise<void>) | undefined;
  /** Told the name of what was drawn, for whom `others` asks. */
  tell?: ((name: string) => void) | undefined;
}

export interface D2 {
  /** Shapes, edges and where they are written; or every error with its range. */
  compile(input: D2Input): Promise<Compiled>;
  /** SVG to put into a page, or a file of its own. Rejects where `compile` says that the text has errors. */
  render(input: D2Input, options: RenderOptions): Promise<string>;
  /** Starts engines ahead of diagrams that are not known from before; none where all are. */
  warm(inputs: D2Input[]): Promise<void>;
  /** Forgets that diagrams were slow, for another run. */
  restore(): void;
  /** Gives back the memory of engines that have nothing to do; the next diagram starts one anew. */
  rest(): Promise<void>;
  /** Ends the engines. Without it the process still ends, once nothing is being drawn. */
  dispose(): Promise<void>;
}
