import type { Compiled, D2Input } from '../../d2/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Diagnostic, Place } from '../../source/index.ts';
import { unknownAttributes } from '../attributes.ts';
import { coverFaults } from '../covers.ts';
import { diagnose, formFault, suggestion } from '../diagnose.ts';
import { describe, drawn } from '../drawing.ts';
import { edgeFaults } from '../edges.ts';
import { placeOf } from '../fence-place.ts';
import { importsOf } from '../imports.ts';
import { type NotFound, resolve } from '../resolve.ts';
import { sourceOf } from '../subjects.ts';
import type { CheckContext, DrawnDiagram, FenceStatement, VerdictOf } from '../types.ts';

/**
 * A ` ```d2 ` fence: it must compile, every `gitops:` link must name a resource, every edge between two bound shapes must be a
 * relation of the model, and with `covers` every selected resource must be bound.
 */
export async function judgeFence(statement: FenceStatement, context: CheckContext): Promise<VerdictOf<'d2'>> {
  const { platform, d2 } = context;
  const { attributes, source } = statement;
  const diagnostics = optionFaults(statement);
  const imports = await importsOf(statement, context);
  diagnostics.push(...imports.diagnostics);
  if (imports.missing)
    return { statement, outcome: 'invalid', diagnostics, unverified: imports.unverified, result: null };

  const layout = attributes.layout?.value === 'elk' ? 'elk' : 'dagre';
  const input: D2Input = { source, files: imports.files, layout };
  const compiled = await d2.compile(input);
  if (!compiled.ok) {
    diagnostics.push(...compileFaults(statement, compiled));
    return { statement, outcome: 'invalid', diagnostics, unverified: imports.unverified, result: null };
  }

  const bound = new Map<string, Resource>();
  for (const item of [...compiled.shapes, ...compiled.edges]) {
    if (item.link === null) {
      if ('linkRange' in item && item.linkRange)
        diagnostics.push(droppedLink(item.id, placeOf(statement, [item.linkRange])));
      continue;
    }
    const place = placeOf(statement, 'linkRange' in item ? [item.linkRange, ...item.ranges] : item.ranges);
    if (!item.link.startsWith('gitops:')) {
      if (!safeLink(item.link)) diagnostics.push(linkFault(item.link, place));
      continue;
    }
    const resolution = resolve(platform, item.link.slice('gitops:'.length));
    if (resolution.ok) bound.set(item.id, resolution.resource);
    else diagnostics.push(unknownReference(item, resolution, place, context));
  }

  if (attributes.edges === undefined) {
    diagnostics.push(...edgeFaults(compiled, bound, platform, (edge) => placeOf(statement, edge.ranges)));
  }
  diagnostics.push(...coverFaults(statement, [...bound.values()], compiled, bound, context));

  const title = attributes.title?.value || statement.heading || 'Diagram';
  const result: DrawnDiagram = drawn({
    input,
    compiled,
    bound,
    title,
    description: describe(compiled, title),
    view: null,
    platform,
  });
  const outcome = diagnostics.length > 0 ? 'false' : imports.unverified.length > 0 ? 'unverified' : 'true';
  return { statement, outcome, diagnostics, unverified: imports.unverified, result };
}

function optionFaults(statement: FenceStatement): Diagnostic[] {
  const { attributes } = statement;
  const faults = unknownAttributes(
    statement,
    ['title', 'covers', 'exact', 'edges', 'layout'],
    'a `d2` fence',
  );
  const { layout, edges, exact, covers } = attributes;
  if (layout && layout.value !== 'dagre' && layout.value !== 'elk') {
    const help = 'known: `dagre`, `elk`';
    faults.push(
      formFault(statement, `there is no layout \`${layout.value}\``, {
        place: layout.place,
        candidates: ['dagre', 'elk'],
        help,
      }),
    );
  }
  if (edges && !/^unchecked:\s*\S/.test(edges.value)) {
    const message = /^unchecked:?\s*$/.test(edges.value)
      ? '`edges="unchecked"` has no reason'
      : '`edges` takes only `unchecked: reason`';
    const help = 'write edges="unchecked: why no manifest can back these edges"';
    faults.push(formFault(statement, message, { place: edges.place, help }));
  }
  if (exact && !covers) {
    const help = 'write covers="kind == \'AppProject\'" exact';
    faults.push(formFault(statement, '`exact` needs `covers`', { place: exact.namePlace, help }));
  }
  return faults;
}

function compileFaults(statement: FenceStatement, compiled: Extract<Compiled, { ok: false }>): Diagnostic[] {
  return compiled.errors.map((error, index) => {
    const elsewhere =
      error.range && error.range.file !== 'index' ? ` (in the import \`${error.range.file}\`)` : '';
    return diagnose('diagram-invalid', {
      about: `${error.message}|${index}`,
      page: placeOf(statement, [error.range]),
      message: `D2 cannot read this diagram: ${error.message}${elsewhere}`,
      help: 'mend the D2 text at this place: https://d2lang.com tells the language',
    });
  });
}

/** Links that a browser follows without running anything; what has no scheme is relative. */
function safeLink(link: string): boolean {
  // Browsers skip blanks and control characters in a scheme, so they are taken out before it is looked at.
  const bare = [...link].filter((character) => character > ' ').join('');
  const scheme = /^([^/?#:]*):/.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined || ['http', 'https', 'mailto'].includes(scheme);
}

function linkFault(link: string, page: Place): Diagnostic {
  return diagnose('diagram-invalid', {
    about: `link ${link}`,
    page,
    message: `a link may not use the scheme of \`${link.slice(0, 60)}\``,
    help: 'use a relative link, `https:`, or `gitops:Kind/name`',
  });
}

/** D2 drops a link that is neither a URL nor one of its boards, without a word. */
function droppedLink(shape: string, page: Place): Diagnostic {
  return diagnose('diagram-invalid', {
    about: `dropped link ${shape}`,
    page,
    message: `D2 drops the link of \`${shape}\`: it is neither a URL nor a board of the diagram`,
    help: 'use a relative link, `https:`, or `gitops:Kind/name`',
  });
}

function unknownReference(
  item: { id: string; link: string | null },
  found: NotFound,
  page: Place,
  { platform }: CheckContext,
): Diagnostic {
  const reference = (item.link ?? '').slice('gitops:'.length);
  const candidates = found.candidates.map((candidate) => `gitops:${candidate}`);
  return diagnose('diagram-reference-unknown', {
    about: `${item.id}|${reference}`,
    page,
    message: found.ambiguous
      ? `shape \`${item.id}\` stands for \`${reference}\`, which names ${candidates.length} resources: say which`
      : `shape \`${item.id}\` stands for \`${reference}\`, which no manifest declares`,
    sources: found.nearest
      .slice(0, 3)
      .map((resource) => sourceOf(platform, resource, 'nearest', ['metadata', 'name'])),
    expected: 'the name of one resource',
    actual: found.searched,
    candidates,
    help: suggestion(candidates) ?? 'bind the shape to a resource that exists, or drop its link',
  });
}
