import { posix } from 'node:path';
import { nearest } from '../../../base/index.ts';
import { boardLink, type D2Error, safeHref } from '../../../d2/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { type Details, diagnose, suggestion } from '../../diagnose.ts';
import type { PageRule } from '../rule.ts';

export const diagramInvalid = {
  name: 'diagram-invalid',
  about: 'page',
  severity: 'error',
  title: 'a diagram cannot be drawn',
  explain: `A \`d2\` fence must compile with the real D2, its imports and icons must be files of the repository, its classes those that there are, its links may not run anything, and those to a board (\`layers.detail\`) must lead to one. \`@gitops/classes\` and \`@gitops/<view>\` come from the model; other imports are files beside the page.`,
  silent: `Where an import of the model (\`@gitops/<view>\`) holds an expression that only something unread could answer, and where the drawing is more work than D2 may have or does not finish: the fence is *not verified*. What D2 itself refuses is always told.`,
  failing: `\`\`\`d2
cart: Cart {
  shape: squircle
}
\`\`\`
`,
  mended: `\`\`\`d2
cart: Cart {
  shape: circle
}
\`\`\`
`,
} as const satisfies PageRule;

/**
 * What D2 says of the text; `index` keeps apart what it says twice, `imported` is its place where it is not
 * the fence's own text.
 */
export function refusedText(
  { message, range }: D2Error,
  index: number,
  page: Place,
  imported: Place | null,
): DiagnosticOf<'diagram-invalid'> {
  const { file, line } = range ?? { file: 'index', line: 0 };
  const elsewhere = file === 'index' ? '' : ` (in the import \`${file}\`, line ${line + 1})`;
  return diagnose(diagramInvalid, {
    about: `${message}|${index}`,
    page,
    message: `D2 cannot read this diagram: ${message}${elsewhere}`,
    sources: imported ? [importedPlace(imported)] : [],
    help: 'mend the D2 text at this place: https://d2lang.com tells the language',
  });
}

/** A view that was drawn from the model, and that D2 does not take. */
export function refusedView(
  view: string | undefined,
  errors: D2Error[],
  page: Place,
): DiagnosticOf<'diagram-invalid'> {
  return diagnose(diagramInvalid, {
    about: `view ${view}`,
    page,
    message: `D2 cannot draw this view: ${errors.map(({ message }) => message).join('; ')}`,
  });
}

/** An icon that is no picture of the repository, by the words of whoever looked for it. */
export function refusedIcon(address: string, page: Place, why: Details): DiagnosticOf<'diagram-invalid'> {
  return diagnose(diagramInvalid, { about: `icon ${address}`, page, ...why });
}

/** An import of which D2 gets nothing; `written` is its place where a file has it that is itself imported. */
export function refusedImport(
  name: string,
  page: Place,
  why: Details,
  written: Place | null,
): DiagnosticOf<'diagram-invalid'> {
  const said = { about: `import ${name}`, page, ...why };
  if (written === null) return diagnose(diagramInvalid, said);
  const file = posix.relative(posix.dirname(page.file), written.file);
  const message = `${why.message}: \`${file}\` imports it in line ${written.line}`;
  return diagnose(diagramInvalid, { ...said, message, sources: [importedPlace(written)] });
}

function importedPlace(place: Place): DiagnosticSource {
  return { ...place, resource: null, path: null, role: 'imported', via: [] };
}

/** A class that nothing defines; without candidates one of the site's own that the fence does not import. */
export function unknownClass(
  name: string,
  page: Place,
  candidates: string[],
  isImported: boolean,
): DiagnosticOf<'diagram-invalid'> {
  const asked = 'begin the diagram with `...@gitops/classes`';
  const near = suggestion(candidates);
  return diagnose(diagramInvalid, {
    about: `class ${name}`,
    page,
    message: `there is no class \`${name}\`: D2 draws the shape without one`,
    candidates,
    help: near === null ? asked : isImported ? near : `${near} ${asked}`,
  });
}

/** A link that could run something. */
export function unsafeLink(link: string, page: Place): DiagnosticOf<'diagram-invalid'> {
  return diagnose(diagramInvalid, {
    about: `link ${link}`,
    page,
    message: `a link may not use the scheme of \`${link.trim().slice(0, 60)}\``,
    help: 'use a relative link, `https:`, or `gitops:Kind/name`',
  });
}

/** D2 drops a link that is neither a URL nor one of its boards, without a word. */
export function droppedLink(
  id: string,
  link: string,
  page: Place,
  board: string,
  boards: string[],
): DiagnosticOf<'diagram-invalid'> {
  // An escape such as `\t` is a character of the address.
  const bare = link.replace(/\\[a-z]/g, '').trim();
  const reference = bare.startsWith('gitops:');
  if (!reference && !safeHref(bare)) return unsafeLink(link, page);
  if (boardLink(link.replace(/^(?:_\.)+/, '').toLowerCase()) !== null)
    return unknownBoard(link, page, board, boards);
  return diagnose(diagramInvalid, {
    about: `dropped link ${id}`,
    page,
    message: `D2 drops the link of \`${id}\`: it is neither a URL nor a board of the diagram`,
    candidates: reference ? [bare] : [],
    help: 'begin a relative link with `./` or `/`; other links are `https:`, `gitops:Kind/name` and boards (`layers.name`)',
  });
}

/** A link to a board that the diagram does not draw; `id` is that of the board that has it. */
export function unknownBoard(
  link: string,
  page: Place,
  id: string,
  boards: string[],
): DiagnosticOf<'diagram-invalid'> {
  // As it would be written here: what lies in this board by its own name, everything else from the root.
  const names = boards.map((board) => {
    if (id === '') return board;
    return board.startsWith(`${id}.`) ? board.slice(id.length + 1) : `root.${board}`;
  });
  const candidates = nearest(link, names);
  return diagnose(diagramInvalid, {
    about: `board ${link}`,
    page,
    message: `the diagram draws no board \`${link}\``,
    expected: boards.length > 0 ? 'a board of this diagram' : 'a board, of which this diagram has none',
    actual: `\`${link}\``,
    candidates,
    help:
      suggestion(candidates, names) ??
      'boards are named under `layers`, `scenarios` or `steps`: https://d2lang.com/tour/composition',
  });
}
