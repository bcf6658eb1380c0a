import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { classesD2, diagramToD2 } from '../d2/index.ts';
import type { Diagnostic, Unverified } from '../source/index.ts';
import { nearest } from '../source/index.ts';
import { diagramOf, diagramViews } from '../views/index.ts';
import { diagnose, suggestion } from './diagnose.ts';
import type { CheckContext, FenceStatement } from './types.ts';

/**
 * The virtual files that a fence's imports need: `@gitops/classes`, `@gitops/<view>` drawn from the model, and `.d2` files beside
 * the page. Nothing outside the repository's root (symlinks followed) and nothing above the page's folder is read.
 */
export async function importsOf(statement: FenceStatement, context: CheckContext): Promise<Imports> {
  const found: Imports = { files: {}, diagnostics: [], unverified: [], missing: false };
  const queue = importsIn(statement.source).map((use) => ({ ...use, from: '' }));
  const seen = new Set<string>();
  for (let use = queue.shift(); use; use = queue.shift()) {
    const name = posix.join(use.from, use.path);
    if (seen.has(name)) continue;
    seen.add(name);
    const page = use.from === '' ? statement.placeOf(use) : statement.place;
    const text = name.startsWith('gitops/')
      ? generated(name.slice('gitops/'.length), context, found)
      : await beside(name, statement, context);
    if (typeof text === 'string') {
      found.files[`${name}.d2`] = text;
      if (!name.startsWith('gitops/'))
        queue.push(...importsIn(text).map((inner) => ({ ...inner, from: posix.dirname(name) })));
      continue;
    }
    found.missing = true;
    found.diagnostics.push(diagnose('diagram-invalid', { about: `import ${name}`, page, ...text }));
  }
  return found;
}

function generated(name: string, { platform, query }: CheckContext, found: Imports): string | Missing {
  if (name === 'classes') return classesD2();
  const names = ['classes', ...Object.keys(diagramViews)];
  if (!Object.hasOwn(diagramViews, name)) {
    const candidates = nearest(name, names);
    return {
      message: `there is nothing to import as \`@gitops/${name}\``,
      candidates,
      help: suggestion(candidates, names),
    };
  }
  const made = diagramOf(platform, query, { view: name });
  if (!made.ok)
    return {
      message: `\`@gitops/${name}\` cannot be drawn: ${made.faults.map((fault) => fault.message).join('; ')}`,
      candidates: [],
      help: null,
    };
  found.unverified.push(...made.diagram.unverified);
  // An import is resolved from the folder of the file that has it, and the drawing lies beside its classes.
  found.files['gitops/classes.d2'] = classesD2();
  return diagramToD2(made.diagram, { classes: '@classes' });
}

async function beside(
  name: string,
  statement: FenceStatement,
  { platform }: CheckContext,
): Promise<string | Missing> {
  const refused = {
    message: `\`@${name}\` lies outside the page's folder`,
    candidates: [],
    help: 'a diagram imports `.d2` files beside or below its page',
  };
  if (statement.path === null || name.startsWith('..') || posix.isAbsolute(name)) return refused;
  const file = join(dirname(statement.path), `${name}.d2`);
  try {
    const real = await realpath(file);
    const home = [await realpath(platform.config.root), await realpath(dirname(statement.path))];
    const inside = home.some(
      (folder) => !relative(folder, real).startsWith(`..${sep}`) && relative(folder, real) !== '..',
    );
    if (!inside || !real.endsWith('.d2')) return refused;
    if ((await stat(real)).size > maximumSize)
      return { message: `\`@${name}\` is larger than ${maximumSize / 1024} KiB`, candidates: [], help: null };
    return await readFile(real, 'utf8');
  } catch {
    return {
      message: `there is no file \`${name}.d2\` beside the page`,
      candidates: [],
      help: 'imports of the model begin with `@gitops/`',
    };
  }
}

/** Every `@path` of a D2 text outside comments and strings, with its range. */
function importsIn(source: string): Use[] {
  const uses: Use[] = [];
  for (const [line, text] of source.split('\n').entries()) {
    const code = text.replace(/(^|\s)#.*$/, (comment) => ' '.repeat(comment.length));
    for (const match of code.matchAll(/(?<=^|[\s:.{;])@(?:"([^"\n]+)"|'([^'\n]+)'|([\w/.-]+))/g)) {
      const path = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\.d2$/, '');
      // `@gitops/projects.obs` imports a part of the file: the path ends at the dot.
      const file = match[3] === undefined ? path : path.replace(/(?<=[^./])\..*$/, '');
      uses.push({
        path: file,
        line,
        column: match.index,
        endLine: line,
        endColumn: match.index + match[0].length,
      });
    }
  }
  return uses;
}

const maximumSize = 512 * 1024;

interface Imports {
  files: Record<string, string>;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
  /** True where an import is not there: compiling would only say so again, and worse. */
  missing: boolean;
}

interface Missing {
  message: string;
  candidates: string[];
  help: string | null;
}

interface Use {
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
