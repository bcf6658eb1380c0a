import GithubSlugger, { slug } from 'github-slugger';
import type { Located, StatementType, Verdict, VerdictOf } from '../../checks/index.ts';
import type { Engine } from '../../engine/index.ts';
import { writeClaim } from './claim.ts';
import { writeDiagram } from './diagram.ts';
import { createDrawer } from './draw.ts';
import { writeExcerpt } from './excerpt.ts';
import { writeFact } from './fact.ts';
import type { ElementContext } from './hast.ts';
import { writeLink } from './link.ts';
import { writePath } from './path.ts';
import { writeReference } from './reference.ts';
import { writeSnapshot } from './snapshot.ts';
import type { StatementWriter } from './statement-writer.ts';
import { writeTable } from './table.ts';
import { writeWaves } from './waves.ts';

/** How each kind of statement becomes HTML; null for one that stays as it is written. */
const writers: { [T in StatementType]: StatementWriter<VerdictOf<T>> | null } = {
  fact: writeFact,
  claim: writeClaim,
  table: writeTable,
  snapshot: writeSnapshot,
  diagram: writeDiagram,
  waves: writeWaves,
  d2: writeDiagram,
  path: writePath,
  reference: writeReference,
  excerpt: writeExcerpt,
  command: null,
  link: writeLink,
  malformed: null,
};

/** Puts what a verdict resolved to in its statement's place on one page. */
export function createReplacer(
  engine: Engine,
  page: ElementContext,
  file: string,
): (verdict: Verdict, located: Located) => Promise<void> {
  const names = new GithubSlugger();
  const nameTable = (caption: string) => names.slug(slug(caption) || 'table');
  const draw = createDrawer(engine, { ...page, nameTable }, file);
  return async (verdict, located) => {
    const inLink = located.ancestors.some(({ type }) => type === 'link' || type === 'linkReference');
    await writerOf(verdict)?.(verdict, located, { ...page, nameTable, inLink, draw });
  };
}

/** The writer of a verdict's kind; it may be given only verdicts of that kind. */
function writerOf<T extends StatementType>({
  statement,
}: {
  statement: { type: T };
}): StatementWriter<VerdictOf<T>> | null {
  return writers[statement.type];
}
