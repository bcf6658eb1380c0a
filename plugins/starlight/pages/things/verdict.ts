import { h } from 'hastscript';
import { withCode } from '../../../remark/index.ts';
import { block, place } from '../html.ts';
import type { Thing } from './thing.ts';

/** What could not be verified; nothing where all was. */
export function verdict({ explanation, page }: Thing): string[] {
  const { application, deployedBy, flux, kind, name, unverified } = explanation;
  if (unverified.length === 0) return [];
  const { say } = page.speech;
  const whose =
    application !== null
      ? say('resource.ofApplication', { name: application.name })
      : flux !== null
        ? `${kind} ${name}`
        : `${deployedBy?.kind} ${deployedBy?.name}`;
  const rows = unverified.map(({ what, why, origin }) =>
    h('li', [
      h('strong', withCode(what)),
      ': ',
      ...withCode(why),
      ' ',
      ...(origin ? [place(origin, page)] : []),
    ]),
  );
  return [
    block(
      h('aside.pl-unverified-note.not-content', [
        h('p', say('resource.notVerifiedIn', { name: whose })),
        h('ul', rows),
      ]),
    ),
  ];
}
