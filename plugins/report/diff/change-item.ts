import { counted } from '../../base/index.ts';
import type { Change, ChangeSide, Effect } from '../../engine/index.ts';
import { deployerOf } from './deployer-of.ts';
import { fieldLine } from './field-words.ts';
import type { Folded } from './fold-changes.ts';
import { type Item, listed, type Piece, placeOf } from './pieces.ts';

/** What is told of one resource, or of several in the same words. */
export function changeItem({ first, all }: Folded): Item {
  const { action, about, base, head, fate, unknown, effects, fields, more } = first;
  const side = head ?? base;
  const hidden = more + Math.max(0, fields.length - maxFields);
  const edited = editedElsewhere(first);
  return {
    title: [
      ...listed(all.map(({ reference }) => reference)),
      ...deployedBy(first, all.length),
      ...inFolder(first, all.length),
      ...(about === null ? [] : [', ', { said: about }]),
      ...(side === null || all.length > 1
        ? []
        : [' at ', placeOf(side.origin, head === null ? 'base' : 'head')]),
    ],
    lines: [
      ...folderLines(first),
      ...nameLines(first),
      ...(fate === null ? [] : [[`${fates[fate.outcome]}: `, { said: fate.because }]]),
      ...unknown.map((why): Piece[] => ['cannot be known: ', { said: why }]),
      ...effects.map(effectLine),
      ...fields.slice(0, maxFields).map(fieldLine),
      ...(hidden > 0 ? [[`and ${counted(hidden, 'more field')}`]] : []),
      ...(edited.length > 0 && action === 'changed'
        ? [
            [
              'its build reads ',
              ...listed(edited),
              edited.length === 1 ? ', which differs' : ', which differ',
            ],
          ]
        : []),
    ],
  };
}

/** Of what is folded by what deploys it it is said once. */
function deployedBy({ action, base, head }: Change, many: number): Piece[] {
  const deployer = deployerOf(head ?? base);
  if (deployer === null || (action === 'changed' && many > 1)) return [];
  return [many === 1 ? ', ' : ', all of ', deployer.kind, ' ', { code: deployer.name }];
}

/** Where several builds make it, that of the only one in which this becomes of it. */
function inFolder({ base, head, folders }: Change, many: number): Piece[] {
  const [folder, ...further] = folders;
  if (folder === undefined || further.length > 0 || (head ?? base)?.folder === null) return [];
  return [many === 1 ? ', in ' : ', all in ', { code: folder }];
}

function folderLines({ base, head, folders, moreFolders }: Change): Piece[][] {
  const count = folders.length + moreFolders;
  const isDeployed = (head ?? base)?.folder === null;
  if (count < (isDeployed ? 1 : 2)) return [];
  const words = isDeployed ? 'the same in ' : 'in ';
  return [
    [
      `${words}${counted(count, 'folder')}${isDeployed ? ' that nothing is known to deploy' : ''}: `,
      ...listed(folders, moreFolders),
    ],
  ];
}

function nameLines({ action, base, head }: Change): Piece[][] {
  if (base === null || head === null) return [];
  const isElsewhere = base.folder !== null && head.folder !== null && base.folder !== head.folder;
  const folders: Piece[] = [{ code: base.folder ?? '' }, ' to ', { code: head.folder ?? '' }];
  const files: Piece[] = [{ code: base.origin.file }, ' to ', { code: head.origin.file }];
  const isMoved = base.origin.file !== head.origin.file;
  if (action === 'moved')
    return isElsewhere
      ? [['from folder ', ...folders, ', and else the same']]
      : [['from ', ...files, ', and else the same']];
  return [
    ...(action === 'renamed'
      ? [
          [
            'was ',
            { code: nameOf(base, head) },
            `, which is no longer ${base.folder === null ? 'in Git' : 'made there'}`,
          ],
        ]
      : []),
    ...(action === 'changed' && base.name !== head.name
      ? [['was ', { code: base.reference }, ', as its content names it']]
      : []),
    ...(isMoved ? [['moved from ', ...files]] : []),
    ...(isElsewhere ? [['moved from folder ', ...folders]] : []),
  ];
}

/** The whole name, where both have the same short one. */
function nameOf(base: ChangeSide, head: ChangeSide): string {
  return base.reference === head.reference ? base.id : base.reference;
}

function effectLine({ what, before, after }: Effect): Piece[] {
  if (what === 'matches')
    return before === null
      ? ['now also matches ', { said: after ?? '' }]
      : ['no longer matches ', { said: before }];
  if (what === 'order')
    return ['now syncs ', { said: after ?? '' }, ' (it was ', { said: before ?? '' }, ')'];
  const side = (text: string | null): Piece => (text === null ? 'none' : { said: text });
  return [`${effectWords[what]}: `, side(before), ' → ', side(after)];
}

/** Where a field stands elsewhere than in what was edited, that is what to look at. */
function editedElsewhere({ files, base, head, fields }: Change): string[] {
  const shown = new Set(fields.flatMap(({ before, after }) => [before?.place.file, after?.place.file]));
  return files.filter((file) => file !== base?.origin.file && file !== head?.origin.file && !shown.has(file));
}

const fates = {
  pruned: 'pruned',
  deleted: 'deleted',
  stays: 'stays in the cluster',
  waits: 'waits',
  unknown: 'not known what becomes of it',
};
const effectWords = {
  application: 'application',
  kustomization: 'Kustomization',
  helmRelease: 'HelmRelease',
  folder: 'built in',
  wave: 'applied in',
  permitted: 'permission',
  live: 'events',
  store: 'store',
  parents: 'parents',
  backends: 'leads to',
} as const;
const maxFields = 20;
