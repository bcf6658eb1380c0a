import type { PageChange, ShownChange } from '../../engine/index.ts';
import { type Item, listed, type Piece, placeOf } from './pieces.ts';

/** What is otherwise on a page, besides the faults, which are told by themselves. */
export function pageItem({ file, action, verdicts, shown, mentions }: PageChange): Item {
  const told = verdicts.filter(({ before, after }) => !isFault(before.outcome) && !isFault(after.outcome));
  return {
    title: [{ code: file }, action === null ? '' : actions[action]],
    lines: [
      ...told.map(({ type, name, before, after }): Piece[] => [
        `${type} `,
        { said: name },
        `: ${before.outcome} → ${after.outcome}`,
        ...(after.why === null ? [] : [', ', { said: after.why }]),
        ' at ',
        placeOf(after.place, 'head'),
      ]),
      ...shown.flatMap(shownLines),
      ...(mentions.length === 0
        ? []
        : [
            ['speaks of ', ...listed(mentions), mentions.length === 1 ? ', which differs' : ', which differ'],
          ]),
    ],
  };
}

function shownLines({ type, name, place, added, gone, changed, more }: ShownChange): Piece[][] {
  const lines = [
    ...gone.map((text): Piece[] => ['no longer ', { code: text }]),
    ...changed.map((text): Piece[] => ['now ', { code: text }]),
    ...added.map((text): Piece[] => ['now also ', { code: text }]),
  ];
  const rest = more + Math.max(0, lines.length - maxShown);
  const what = type === 'd2' ? 'diagram' : type === 'snapshot' ? 'table' : type;
  return [
    [`${what} `, { said: name }, ' shows something else at ', placeOf(place, 'head')],
    ...lines.slice(0, maxShown),
    ...(rest > 0 ? [[`and ${rest} more`]] : []),
  ];
}

function isFault(outcome: string): boolean {
  return outcome === 'false' || outcome === 'invalid';
}

const actions = { added: ', new', gone: ', gone', changed: ', rewritten' };
const maxShown = 12;
