import {
  classesD2,
  type D2Input,
  diagramToD2,
  drawingSteps,
  standalone,
  wrapLabels,
} from '../../d2/index.ts';
import { fenced, inPlaceOf } from '../../markdown/index.ts';
import type { Resource } from '../../model/index.ts';
import { diagramOf, diagramViews } from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { drawn, unfinished } from '../diagrams/drawn-diagram.ts';
import type { DiagramStatement, DrawnDiagram } from '../diagrams/types.ts';
import { emptyAttribute, emptyAttributeFaults, emptyReason, emptyViewFault } from '../emptiness.ts';
import { resolve } from '../resolve.ts';
import { refusedView } from '../rules/pages/diagram-invalid.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { isMisspelt, viewFault } from '../view-faults.ts';
import { writtenAttributes } from '../written-attributes.ts';

const attributeNames = ['view', 'where', 'of', 'title', 'layout', emptyAttribute];

/** `::diagram{view="projects" where="CEL"}`: a drawing of what the model says. */
export const diagram = {
  counted: { as: 'diagrams', one: 'diagram', many: 'diagrams' },
  share: { as: 'diagrams', one: 'diagram' },
  attributes: attributeNames,
  inSentences: false,
  directive: {
    forms: ['leafDirective'],
    telling: ['view', 'where', 'of'],
    example: '::diagram{view="projects"} on a line of its own',
    from: ({ place, attributes }): DiagramStatement => ({ type: 'diagram', place, attributes }),
  },
  judge: judgeDiagram,
  nameOf: ({ attributes }) => writtenAttributes(attributes, ['view', 'of', 'where']),
  mentions: ({ result }, resource) => Object.values(result?.bound ?? {}).includes(resource.id),
  markdown({ result, outcome, statement }, spot, positions) {
    const reason = outcome === 'true' ? emptyReason(statement.attributes) : null;
    if (!result) return reason === null ? [] : inPlaceOf(spot, `_${reason}_`, positions);
    const source = standalone(result.input).replace(/\n+$/, '');
    return inPlaceOf(spot, `**${result.title}**\n\n${fenced(source, 'd2')}`, positions);
  },
} as const satisfies StatementKind<DiagramVerdict>;

/**
 * `::diagram{view=… where=… of=… title=… layout=… empty=…}`: drawn from the model, so it is true when it can
 * be made, and shows something or says why not.
 */
async function judgeDiagram(statement: DiagramStatement, context: CheckContext): Promise<DiagramVerdict> {
  const { platform, query, d2 } = context;
  const { attributes } = statement;
  const diagnostics: Diagnostic[] = unknownAttributes(statement, attributeNames, '`::diagram`');
  const { view, where, of, title, layout } = attributes;
  if (layout && layout.value !== 'dagre' && layout.value !== 'elk') {
    diagnostics.push(
      formFault(statement, `there is no layout \`${layout.value}\``, {
        place: layout.place,
        help: 'known: `dagre`, `elk`',
      }),
    );
  }
  const made = diagramOf(platform, query, {
    view: view?.value ?? '',
    ...(where ? { where: where.value } : {}),
    ...(of ? { of: of.value } : {}),
    ...(title ? { title: title.value } : {}),
  });
  if (!made.ok) {
    if (made.unverified.length > 0 && diagnostics.length === 0)
      return verdictOf(statement, 'unverified', { diagnostics, unverified: made.unverified });
    if (made.isEmpty && diagnostics.length === 0) {
      const unjust: Diagnostic[] = emptyAttributeFaults(statement, 0, ['shape', 'shapes']);
      if (unjust.length === 0 && emptyReason(attributes) !== null)
        return verdictOf(statement, 'true', { diagnostics });
      const subject = diagramViews[view?.value ?? '']?.subject ?? null;
      diagnostics.push(...unjust, emptyViewFault(statement, context, subject, 'diagram'));
      return verdictOf(statement, 'invalid', { diagnostics });
    }
    diagnostics.push(
      ...made.faults
        .filter((fault) => !isMisspelt(fault, diagnostics))
        .map((fault) => viewFault(statement, fault)),
    );
    return verdictOf(statement, 'invalid', { diagnostics });
  }
  const { diagram } = made;
  diagnostics.push(...emptyAttributeFaults(statement, diagram.nodes.length, ['shape', 'shapes']));
  const input: D2Input = {
    source: diagramToD2(wrapLabels(diagram)),
    files: { 'gitops/classes.d2': classesD2() },
    layout: layout?.value === 'elk' ? 'elk' : 'dagre',
  };
  const tooMuch = context.drawing.take(drawingSteps(input));
  if (tooMuch !== null) return unfinished(statement, tooMuch, diagnostics);
  const compiled = await d2.compile(input);
  if (!compiled.ok && compiled.unfinished !== undefined)
    return unfinished(statement, compiled.unfinished, diagnostics);
  if (!compiled.ok) {
    diagnostics.push(refusedView(view?.value, compiled.errors, statement.place));
    return verdictOf(statement, 'invalid', { diagnostics, unverified: diagram.unverified });
  }
  const bound = new Map<string, Resource>();
  for (const shape of compiled.shapes) {
    if (!shape.link?.startsWith('gitops:')) continue;
    const resolution = resolve(platform, shape.link.slice('gitops:'.length));
    if (resolution.ok) bound.set(shape.id, resolution.resource);
  }
  const { folded, said, unverified } = diagram;
  const result = drawn({
    input,
    compiled,
    bound,
    title: diagram.title,
    description: said.description,
    view: view?.value ?? null,
    folded,
    words: said,
    platform,
  });
  const outcome = diagnostics.length > 0 ? 'invalid' : unverified.length > 0 ? 'unverified' : 'true';
  return verdictOf(statement, outcome, { diagnostics, unverified, result });
}

type DiagramVerdict = VerdictBase<DiagramStatement, DrawnDiagram>;
