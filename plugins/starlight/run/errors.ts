import { AstroError } from 'astro/errors';
import { counted } from '../../base/index.ts';

/** Ends a build that found faults, which have been printed. */
export function buildError(errors: number): AstroError {
  return silent(
    new AstroError(
      `The pages and the manifests disagree: ${errors === 1 ? 'one fault' : counted(errors, 'fault')}, listed above.`,
      'Mend the pages or the manifests and build again. `plumbline check` says the same without a build.',
    ),
    'PlumblineError',
  );
}

/** Ends a build beside another one of the same folder. */
export function lockError(
  { pid, host }: { pid: number; host: string },
  file: string,
  own: string,
): AstroError {
  const where = host === own ? '' : ` on \`${host}\``;
  return silent(
    new AstroError(
      `Another build of this site is running: process ${pid}${where}.`,
      `Wait for it to end: two at once would mix their pages and their search index. A lock that a killed build left is taken over by itself; this one is \`${file}\`.`,
    ),
    'PlumblineError',
  );
}

/** A configuration that makes no sense ends Astro with its own words and its own help. */
export function configError(message: string, help: string): AstroError {
  return silent(new AstroError(message, help), 'PlumblineConfigError');
}

function silent(error: AstroError, name: string): AstroError {
  error.name = name;
  error.stack = '';
  return error;
}
