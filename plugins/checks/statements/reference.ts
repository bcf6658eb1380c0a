import { oncePer } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { mayBeUnread, type Platform } from '../../platform/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import { inlineCode } from '../inline-code.ts';
import { tellsOfThePast } from '../path-form.ts';
import { isReference } from '../reference-form.ts';
import { resolve } from '../resolve.ts';
import { unknownReference } from '../rules/pages/reference-unknown.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';

/** Inline code that names a resource: `Namespace/shop`. */
export const reference = {
  counted: { as: 'references', one: 'reference', many: 'references', isHeld },
  share: { as: 'references', one: 'reference', isHeld },
  inSentences: true,
  find({ platform, positions }) {
    const kinds = kindsOf(platform);
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

const kindsOf = oncePer(({ model }: Platform) => new Set(model.resources.map(({ kind }) => kind)));

/** Inline code of the form `Kind/name` or `Kind/namespace/name` must name one resource. */
function judgeReference(statement: ReferenceStatement, { platform }: CheckContext): ReferenceVerdict {
  const { text, place } = statement;
  const found = resolve(platform, text);
  if (found.ok) {
    return verdictOf(statement, 'true', { result: { resource: found.resource } });
  }
  if (!found.ambiguous && (isMadeByController(text, found.nearest) || tellsOfThePast(place.file)))
    return verdictOf(statement, 'true');
  const unread = unverifiedFrom(mayBeUnread(platform, text));
  if (unread.length > 0) return verdictOf(statement, 'unverified', { unverified: unread });
  const diagnostic = unknownReference(text, place, found, platform);
  return verdictOf(statement, 'false', { diagnostics: [diagnostic] });
}

/** Controllers name these, no manifest: what none is declared near of is held to nothing. */
function isMadeByController(text: string, nearest: readonly Resource[]): boolean {
  const kind = text.split('/')[0] ?? '';
  return madeByControllers.has(kind) && !nearest.some((one) => one.kind === kind);
}

function isHeld({ outcome, result }: ReferenceVerdict): boolean {
  return outcome !== 'true' || result !== null;
}

const madeByControllers = new Set(
  'Pod ReplicaSet ControllerRevision Job Workflow Endpoints EndpointSlice Event Lease Node CertificateRequest AnalysisRun'.split(
    ' ',
  ),
);

/** Inline code of the form `Kind/name` or `Kind/namespace/name`. */
interface ReferenceStatement extends StatementBase {
  type: 'reference';
  text: string;
}

type ReferenceVerdict = VerdictBase<ReferenceStatement, { resource: Resource }>;
