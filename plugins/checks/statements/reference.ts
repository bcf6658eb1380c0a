import type { Resource } from '../../model/index.ts';
import { inlineCode } from '../inline-code.ts';
import { isReference } from '../reference-form.ts';
import { resolve } from '../resolve.ts';
import { unknownReference } from '../rules/pages/reference-unknown.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import type { VerdictBase } from '../verdict.ts';

/** Inline code that names a resource: `Namespace/shop`. */
export const reference = {
  counted: { as: 'references', one: 'reference', many: 'references' },
  share: { as: 'references', one: 'reference' },
  inSentences: true,
  find({ platform, positions }) {
    const kinds = new Set(platform.model.resources.map(({ kind }) => kind));
    return (spot) => {
      const code = inlineCode(spot, positions);
      if (!code || !isReference(code.text, kinds)) return [];
      return [{ type: 'reference', ...code }];
    };
  },
  judge: judgeReference,
  nameOf: ({ text }) => text,
  mentions: ({ result }, { id }) => result?.resource.id === id,
} as const satisfies StatementKind<ReferenceVerdict>;

/** Inline code of the form `Kind/name` or `Kind/namespace/name` must name one resource. */
function judgeReference(statement: ReferenceStatement, { platform }: CheckContext): ReferenceVerdict {
  const { text, place } = statement;
  const found = resolve(platform, text);
  if (found.ok) {
    return {
      statement,
      outcome: 'true',
      diagnostics: [],
      unverified: [],
      result: { resource: found.resource },
    };
  }
  const diagnostic = unknownReference(text, place, found, platform);
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}

/** Inline code of the form `Kind/name` or `Kind/namespace/name`. */
interface ReferenceStatement extends StatementBase {
  type: 'reference';
  text: string;
}

type ReferenceVerdict = VerdictBase<ReferenceStatement, { resource: Resource }>;
