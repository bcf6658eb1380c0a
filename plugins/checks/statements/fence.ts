import type { Nodes } from 'mdast';
import { uniqueBy } from '../../base/index.ts';
import {
  boardOf,
  type CompiledDiagram,
  type D2Input,
  type D2Range,
  drawingSteps,
  standalone,
} from '../../d2/index.ts';
import { fenced, infoOf, inPlaceOf } from '../../markdown/index.ts';
import type { Unverified } from '../../source/index.ts';
import { english } from '../../words/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type BoundDrawing, bindingsOf } from '../diagrams/bound-shapes.ts';
import { classFaults } from '../diagrams/classes.ts';
import { coverFaults } from '../diagrams/covers.ts';
import { describe, drawn, unfinished } from '../diagrams/drawn-diagram.ts';
import { edgeFaults } from '../diagrams/edges.ts';
import { importedAt, placeOf } from '../diagrams/fence-place.ts';
import { fenceStatement } from '../diagrams/find-fence.ts';
import { iconsOf } from '../diagrams/icons.ts';
import { importFaults, importsOf } from '../diagrams/imports.ts';
import { pageLinksOf } from '../diagrams/page-links.ts';
import type { DrawnDiagram, FenceStatement } from '../diagrams/types.ts';
import { spending } from '../page-work.ts';
import { refusedText } from '../rules/pages/diagram-invalid.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { diagram } from './diagram.ts';
import { judgeLink } from './link.ts';

/** A drawing in D2, held to the model wherever its shapes stand for resources. */
export const fence = {
  counted: diagram.counted,
  share: {
    ...diagram.share,
    isHeld: ({ statement, result }) => statement.attributes.edges === undefined && isBound(result),
    unstated: (node, stated) => (stated === 0 && isDrawing(node) ? 1 : 0),
  },
  attributes: ['title', 'covers', 'exact', 'edges', 'layout'],
  inSentences: false,
  find: (page) => (spot) => fenceStatement(spot, page),
  judge: judgeFence,
  nameOf: ({ attributes, heading }) => attributes.title?.value || heading || 'without a title',
  mentions: ({ result }, resource) => Object.values(result?.bound ?? {}).includes(resource.id),
  markdown({ result }, spot, positions) {
    const source = result && standalone(result.input);
    if (source === null || source === result?.input.source) return [];
    return inPlaceOf(spot, fenced(source.replace(/\n+$/, ''), infoOf(spot, positions)), positions);
  },
} as const satisfies StatementKind<FenceVerdict>;

/**
 * A ` ```d2 ` fence: it must compile, every `gitops:` link must name a resource, every edge between two bound
 * shapes must be a relation of the model, and with `covers` every selected resource must be bound. All of it
 * holds for every board.
 */
async function judgeFence(statement: FenceStatement, context: CheckContext): Promise<FenceVerdict> {
  const { platform, d2 } = context;
  const { attributes, source } = statement;
  const diagnostics = optionFaults(statement);
  const imports = importsOf(statement, context);
  const { files } = imports;
  const unverified = [...imports.unverified];
  const layout = attributes.layout?.value === 'elk' ? 'elk' : 'dagre';
  const input: D2Input = { source, files, layout };
  const tooMuch = context.drawing.take(drawingSteps(input));
  if (tooMuch !== null) return unfinished(statement, tooMuch, diagnostics);
  const compiled = await d2.compile(input);
  if (!compiled.ok && compiled.unfinished !== undefined)
    return unfinished(statement, compiled.unfinished, diagnostics);
  if (!compiled.ok) {
    const { faults, others } = importFaults(imports, compiled.errors);
    diagnostics.push(
      ...faults,
      ...others.map((error, index) =>
        refusedText(error, index, placeOf(statement, [error.range]), importedAt(statement, error.range)),
      ),
    );
    return verdictOf(statement, 'invalid', { diagnostics, unverified });
  }

  const held = spending(context, () => holdToModel(statement, compiled, files, context));
  if (!held.ok) return unfinished(statement, held.why, diagnostics);
  const { boards } = held.value;
  diagnostics.push(...held.value.diagnostics);
  unverified.push(...held.value.unverified);
  const links = await Promise.all(
    boards.flatMap((board) => pageLinksOf(statement, board, context)).map((one) => judgeLink(one, context)),
  );
  diagnostics.push(...links.flatMap((one) => one.diagnostics));
  unverified.push(...links.flatMap((one) => one.unverified));
  const leads = links.flatMap(({ statement: { url }, result: found }) =>
    found?.lead ? [[url, found.lead] as const] : [],
  );
  const { icons, diagnostics: iconFaults } = await iconsOf(statement, compiled.icons, context);
  diagnostics.push(...iconFaults);

  const own = attributes.title?.value || statement.heading;
  const untitled = { key: 'drawing.untitled' } as const;
  const title = own || english.said(untitled);
  const result = drawn({
    input: { ...input, icons },
    compiled,
    bound: boards[0]?.bound ?? new Map(),
    boards: new Map(boards.map(({ id, bound }) => [id, bound])),
    title,
    description: [describe(boardOf(compiled).drawing, title)],
    view: null,
    words: { title: own ? null : untitled, folded: [] },
    platform,
    leads: Object.fromEntries(leads),
  });
  const faults = once(diagnostics);
  const outcome = faults.length > 0 ? 'false' : unverified.length > 0 ? 'unverified' : 'true';
  return verdictOf(statement, outcome, {
    diagnostics: faults,
    unverified: distinctUnverified(unverified),
    result,
  });
}

/** What the shapes and edges of all boards stand for, and the faults among them. */
function holdToModel(
  statement: FenceStatement,
  compiled: CompiledDiagram,
  files: D2Input['files'],
  context: CheckContext,
): { boards: BoundDrawing[]; diagnostics: Diagnostic[]; unverified: Unverified[] } {
  const targets = compiled.boards.filter(({ shapes }) => shapes.length > 0).map(({ id }) => id);
  const bindings = [{ ...compiled, id: '' }, ...compiled.boards].map((board) =>
    bindingsOf(statement, board, targets, context),
  );
  const diagnostics = [...classFaults(statement, files), ...bindings.flatMap((board) => board.diagnostics)];
  const unverified: Unverified[] = [];
  const boards = bindings.map(({ drawing }) => drawing);
  if (statement.attributes.edges === undefined) {
    const place = ({ ranges }: { ranges: D2Range[] }) => placeOf(statement, ranges);
    for (const board of boards) {
      const edges = edgeFaults(board, board.bound, context, place);
      diagnostics.push(...edges.diagnostics);
      unverified.push(...edges.unverified);
    }
  }
  const covered = coverFaults(statement, boards, context);
  diagnostics.push(...covered.diagnostics);
  unverified.push(...bindings.flatMap((board) => board.unverified), ...covered.unverified);
  return { boards, diagnostics, unverified };
}

function distinctUnverified(unverified: readonly Unverified[]): Unverified[] {
  return uniqueBy(unverified, ({ what, origin }) => `${what}\0${origin?.file}\0${origin?.line}`);
}

/** Whether some of its shapes stand for resources. */
function isBound(drawing: DrawnDiagram | null): boolean {
  if (drawing === null) return false;
  return [drawing, ...drawing.boards].some(({ bound }) => Object.keys(bound).length > 0);
}

/** A block in another language of drawings, which nothing holds to the model. */
function isDrawing(node: Nodes): boolean {
  return (
    node.type === 'code' &&
    ['mermaid', 'plantuml', 'dot', 'graphviz'].includes(node.lang?.toLowerCase() ?? '')
  );
}

/** A scenario or a step repeats what it is drawn over: what is wrong with that is said once. */
function once(diagnostics: Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ rule, page, message }) => {
    const key = JSON.stringify([rule, page, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function optionFaults(statement: FenceStatement): Diagnostic[] {
  const { attributes } = statement;
  const faults = unknownAttributes(statement, fence.attributes, 'a `d2` fence', 'option');
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

type FenceVerdict = VerdictBase<FenceStatement, DrawnDiagram>;
