import type { Attributes } from '../../markdown/index.ts';
import { inPlaceOf } from '../../markdown/index.ts';
import { type WavesShown, wavesOf, wavesToMarkdown } from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { emptyAttribute, emptyAttributeFaults, emptyReason, emptyViewFault } from '../emptiness.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { isMisspelt, viewFault } from '../view-faults.ts';
import { writtenAttributes } from '../written-attributes.ts';

const attributeNames = ['of', 'where', 'title', emptyAttribute];

/** `::waves{of="Application/shop"}`: the order in which an application is applied, or the map of all. */
export const waves = {
  counted: { as: 'diagrams', one: 'diagram', many: 'diagrams' },
  share: { as: 'diagrams', one: 'diagram' },
  attributes: attributeNames,
  inSentences: false,
  directive: {
    forms: ['leafDirective'],
    telling: ['of', 'where'],
    example: '::waves{of="Application/NAME"} on a line of its own',
    from: ({ place, attributes }): WavesStatement => ({ type: 'waves', place, attributes }),
  },
  judge: judgeWaves,
  nameOf: ({ attributes }) => writtenAttributes(attributes, ['of', 'where']),
  mentions: ({ result }, resource) => result !== null && idsIn(result).includes(resource.id),
  markdown({ result, outcome, statement }, spot, positions) {
    const reason = outcome === 'true' ? emptyReason(statement.attributes) : null;
    if (result === null) return reason === null ? [] : inPlaceOf(spot, `_${reason}_`, positions);
    return inPlaceOf(spot, wavesToMarkdown(result), positions);
  },
} as const satisfies StatementKind<WavesVerdict>;

/** True where it can be made; not verified as long as something that is not rendered may have waves too. */
function judgeWaves(statement: WavesStatement, { platform, query }: CheckContext): WavesVerdict {
  const { attributes } = statement;
  const { of, where, title } = attributes;
  const unknown = unknownAttributes(statement, attributeNames, '`::waves`');
  const made = wavesOf(platform, query, {
    of: of?.value.trim() || undefined,
    where: where?.value.trim() || undefined,
  });
  const diagnostics: Diagnostic[] = [...unknown];
  if (!made.ok) {
    if (made.unverified.length > 0 && diagnostics.length === 0)
      return verdictOf(statement, 'unverified', { diagnostics, unverified: made.unverified });
    if (made.isEmpty && diagnostics.length === 0) {
      const unjust = emptyAttributeFaults(statement, 0, ['application', 'applications']);
      if (unjust.length === 0 && emptyReason(attributes) !== null)
        return verdictOf(statement, 'true', { diagnostics });
      diagnostics.push(
        ...unjust,
        emptyViewFault(statement, { platform, query }, 'application', 'map of waves'),
      );
    } else
      diagnostics.push(
        ...made.faults
          .filter((fault) => !isMisspelt(fault, unknown))
          .map((fault) => viewFault(statement, fault)),
      );
    return verdictOf(statement, 'invalid', { diagnostics });
  }
  diagnostics.push(...emptyAttributeFaults(statement, 1, ['application', 'applications']));
  const { shown, unverified } = made;
  const outcome = diagnostics.length > 0 ? 'invalid' : unverified.length > 0 ? 'unverified' : 'true';
  return verdictOf(statement, outcome, {
    diagnostics,
    unverified,
    result: { ...shown, title: title?.value.trim() || null },
  });
}

function idsIn(shown: WavesShown): string[] {
  if (shown.is === 'map') return shown.map.rows.map(({ application }) => application);
  const { application, lanes } = shown.lanes;
  return [application, ...lanes.flatMap(({ kinds }) => kinds.flatMap(({ ids }) => ids))];
}

export interface WavesStatement extends StatementBase {
  type: 'waves';
  attributes: Attributes;
}

/** The title is the author's; null where there is none. */
type WavesVerdict = VerdictBase<WavesStatement, WavesShown & { title: string | null }>;
