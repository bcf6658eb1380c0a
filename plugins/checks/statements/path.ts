import type { Platform } from '../../platform/index.ts';
import { ignoredByGit } from '../../source/index.ts';
import { inlineCode } from '../inline-code.ts';
import { spending } from '../page-work.ts';
import { filesMeant, withoutLines } from '../path-form.ts';
import { missingPath } from '../rules/pages/path-missing.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { leftOut, type VerdictBase, verdictOf } from '../verdict.ts';
import { createElsewhere } from './path-elsewhere.ts';

/** Inline code that is a path or glob under a manifest root. */
export const path = {
  counted: { as: 'paths', one: 'path', many: 'paths', isHeld },
  share: { as: 'paths', one: 'path', isHeld },
  inSentences: true,
  find(stated) {
    const { platform, positions, path: page } = stated;
    const roots = rootsOf(platform);
    const isElsewhere = createElsewhere(stated, roots);
    return (spot) => {
      const code = inlineCode(spot, positions);
      if (!code || !isPath(code.text, roots)) return [];
      const elsewhere = isElsewhere(code.text, spot);
      return [{ type: 'path', place: code.place, pattern: code.text, page, elsewhere }];
    };
  },
  judge: judgePath,
  nameOf: ({ pattern }) => pattern,
  mentions({ result }, { origin }) {
    const files = result?.files ?? [];
    return files.length <= mostFiles && files.includes(origin.file);
  },
} as const satisfies StatementKind<PathVerdict>;

/** Inline code that is a path or glob under the manifest roots must match at least one file. */
async function judgePath(statement: PathStatement, context: CheckContext): Promise<PathVerdict> {
  const { platform } = context;
  const pattern = withoutLines(statement.pattern);
  const files = filesMeant(pattern, platform, statement.page);
  // What Git is told to ignore is made by a set-up, and no file of the repository.
  const isMade =
    files?.length === 0 && (statement.elsewhere || (await ignoredByGit(platform.config, [pattern])).size > 0);
  if (files === null || isMade) return verdictOf(statement, 'true');
  if (files.length > 0) return verdictOf(statement, 'true', { result: { files } });

  const told = spending(context, () => missingPath(pattern, statement.place, platform));
  if (!told.ok) return leftOut(statement, 'path', told.why);
  return verdictOf(statement, 'false', { diagnostics: [told.value] });
}

/** What means no file of the repository is held to nothing. */
function isHeld({ outcome, result }: PathVerdict): boolean {
  return outcome !== 'true' || result !== null;
}

function isPath(written: string, roots: string[]): boolean {
  const text = written.replace(/^(?:\.\/)+/, '');
  const slash = text.indexOf('/');
  // `apps/v1` is the version of an API, of which there may be more than a cluster has.
  if (/^[a-z\d.-]+\/v\d+(?:(?:alpha|beta)\d+)?$/.test(text)) return false;
  // `bitnami/redis:7.2.1` is an image, `docs/example.org:site` the name of a check.
  if (/\/[\w.-]+:\w[\w.-]*$/.test(withoutLines(text))) return false;
  // What ends in brackets is a function of a program.
  if (slash <= 0 || /[\s\\]|:\/\/|\)$/.test(text) || text.includes('//')) return false;
  return roots.some((root) => text.startsWith(`${root}/`));
}

/** The manifest roots; where the root is the repository itself, its top folders that hold manifests. */
function rootsOf(platform: Platform): string[] {
  const paths = platform.model.layers.flatMap((layer) => layer.paths).map((path) => path.replace(/\/+$/, ''));
  const whole = paths.some((path) => path === '' || path === '.');
  const folders = whole
    ? [...platform.sources.files.values()]
        .filter((file) => file.path.includes('/') && file.role !== 'other')
        .map((file) => file.path.slice(0, file.path.indexOf('/')))
    : [];
  return [...new Set([...paths.filter((path) => path !== '' && path !== '.'), ...folders])];
}

/** A path that matches more speaks of a folder, not of what lies in it. */
const mostFiles = 12;

/** Inline code that is a path or glob under a manifest root. */
interface PathStatement extends StatementBase {
  type: 'path';
  /** As written. */
  pattern: string;
  /** Absolute path of the page; null where it has no file. */
  page: string | null;
  /** The page says that its reader or a build makes it, or that it is another repository's. */
  elsewhere: boolean;
}

type PathVerdict = VerdictBase<PathStatement, { files: readonly string[] }>;
