import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { isInside, nearest } from '../../base/index.ts';
import { classesD2, type D2Error, diagramToD2 } from '../../d2/index.ts';
import type { Place, Unverified } from '../../source/index.ts';
import { diagramOf, diagramViews } from '../../views/index.ts';
import { suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { refusedImport } from '../rules/pages/diagram-invalid.ts';
import type { CheckContext } from '../types.ts';
import { importedAt } from './fence-place.ts';
import { importsIn } from './imports-in.ts';
import { neighbours } from './neighbours.ts';
import type { FenceStatement } from './types.ts';

/**
 * The virtual files that a fence's imports need: `@gitops/classes`, `@gitops/<view>` drawn from the model,
 * and `.d2` files beside the page. Nothing outside the repository's root (symlinks followed) and nothing
 * above the page's folder is read. At once and not in turn with others, so that what all diagrams may ask for
 * together does not depend on which file is read first.
 */
export function importsOf(statement: FenceStatement, context: CheckContext): Imports {
  const found: Imports = { files: {}, unverified: [], missing: [] };
  const queue = importsIn(statement.source).map((use): Asked => {
    const page = statement.placeOf(use);
    return { path: use.path, from: '', page, written: null };
  });
  const seen = new Set<string>();
  for (let use = queue.shift(); use; use = queue.shift()) {
    const { page, written } = use;
    const name = posix.join(use.from, use.path);
    if (seen.has(name)) continue;
    seen.add(name);
    const text = name.startsWith('gitops/')
      ? generated(name.slice('gitops/'.length), context, found)
      : beside(name, use, statement, context);
    if (typeof text === 'string') {
      found.files[`${name}.d2`] = text;
      if (name.startsWith('gitops/')) continue;
      const from = posix.dirname(name);
      for (const { path, ...range } of importsIn(text)) {
        const written = importedAt(statement, { file: `${name}.d2`, ...range });
        queue.push({ path, from, page, written });
      }
      continue;
    }
    const fault = refusedImport(name, page, text, written);
    found.missing.push({ names: [name, use.path], fault });
  }
  return found;
}

/**
 * D2's errors about imports in our words, and its other errors. Only what D2, too, looked for in vain is a
 * fault: an `@` in a label or a comment is no import.
 */
export function importFaults(
  { missing }: Imports,
  errors: D2Error[],
): { faults: Diagnostic[]; others: D2Error[] } {
  const isAbout = ({ message }: D2Error, name: string): boolean =>
    message.startsWith(`failed to import ${JSON.stringify(`${name}.d2`)}`);
  const explained = missing.map(({ names, fault }) => ({
    fault,
    errors: errors.filter((error) => names.some((name) => isAbout(error, name))),
  }));
  const told = new Set(explained.flatMap((one) => one.errors));
  return {
    faults: explained.filter((one) => one.errors.length > 0).map(({ fault }) => fault),
    others: errors.filter((error) => !told.has(error)),
  };
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

function beside(
  name: string,
  { from, written }: Asked,
  statement: FenceStatement,
  { platform }: CheckContext,
): string | Missing {
  const refused = (why: string): Missing => ({
    message: `the import \`@${name}\` ${why}`,
    candidates: [],
    help: 'a diagram imports `.d2` files beside or below its page, and `@gitops/<view>` from the model',
  });
  if (statement.path === null) return refused('has no folder to be looked for in');
  if (posix.isAbsolute(name)) return refused('is an absolute path');
  if (name === '..' || name.startsWith('../')) return refused("lies outside the page's folder");
  const folder = dirname(statement.path);
  try {
    const real = realpathSync(join(folder, `${name}.d2`));
    const homes = [realpathSync(platform.config.root), realpathSync(folder)];
    if (!homes.some((home) => isInside(home, real))) return refused('leads outside the repository');
    if (!real.endsWith('.d2')) return refused('leads to a file that is not D2');
    const entry = statSync(real);
    if (!entry.isFile()) return refused('leads to what is no file');
    if (entry.size > maximumSize) return refused(`is larger than ${maximumSize / 1024} KiB`);
    return readFileSync(real, 'utf8');
  } catch {
    const at = posix.dirname(name);
    const names = neighbours(join(folder, at), /\.d2$/).map((file) =>
      posix.join(at, file.slice(0, -'.d2'.length)),
    );
    // As it would be written where the import stands, whose folder it is looked for from.
    const candidates = nearest(name, names).map((candidate) => `@${posix.relative(from, candidate)}`);
    return {
      message: `there is no file \`${name}.d2\` beside the page`,
      candidates,
      help:
        suggestion(candidates) ??
        (written ? 'create the file, or correct the import' : 'imports of the model begin with `@gitops/`'),
    };
  }
}

const maximumSize = 512 * 1024;

interface Imports {
  files: Record<string, string>;
  unverified: Unverified[];
  /** What looks like an import and has no file, under the names that D2 may give it. */
  missing: { names: string[]; fault: Diagnostic }[];
}

/** An import that is looked for. */
interface Asked {
  path: string;
  /** Folder of the file that has it, from the page's own. */
  from: string;
  /** Of the fence's own import that leads to it. */
  page: Place;
  /** Where it is written, if in a file that is itself imported. */
  written: Place | null;
}

interface Missing {
  message: string;
  candidates: string[];
  help: string | null;
}
