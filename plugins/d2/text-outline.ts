/**
 * What a D2 text says, told without reading it as D2 does: each piece between line ends, semicolons and
 * braces is taken for a shape, an edge or a setting. Where it errs it mostly takes more for drawn than is.
 */
export function readOutline(text: string): TextOutline {
  const outline: TextOutline = {
    board: emptyBoard(),
    depth: 0,
    characters: text.length,
    uses: [],
    imports: [],
    variables: new Map(),
  };
  const frames: Frame[] = [];
  let frame: Frame = { board: outline.board, boards: null, names: null, depth: 0 };
  // A use of a variable is the one thing with braces that is no container.
  const plain = text.replaceAll(/\$\{([^\n;{}]*)\}/g, '$<$1>');
  for (const [, piece = '', mark = ''] of plain.matchAll(/([^\n;{}]*)([\n;{}]|$)/g)) {
    const inner = read(piece.trim(), mark === '{', frame, outline);
    if (mark === '{') {
      frames.push(frame);
      frame = inner;
    } else if (mark === '}') frame = frames.pop() ?? frame;
  }
  return outline;
}

/** One piece; gives the frame of what stands in its braces. */
function read(piece: string, opens: boolean, frame: Frame, outline: TextOutline): Frame {
  const [before = ''] = piece.split(':', 1);
  const name = before.trim();
  const uses = [...piece.matchAll(/\$<([^<>]*)>/g)].map(([, used = '']) => lastOf(used));
  const found = [...piece.matchAll(imports)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  outline.imports.push(...found.map((path) => path.replace(/\.d2$/, '')));
  if (name === 'vars' && opens) return { ...frame, names: [] };
  if (frame.names !== null) {
    const isOwn = name !== '' && !name.startsWith('...');
    const names = isOwn ? [...frame.names.slice(-deepest), lastOf(name)] : frame.names;
    for (const one of names) {
      const variable = outline.variables.get(one) ?? { elements: 0, characters: 0, depth: 0, uses: [] };
      outline.variables.set(one, variable);
      variable.characters += piece.length;
      variable.elements += piece === '' ? 0 : 1;
      variable.depth += opens ? 1 : 0;
      for (const used of uses) variable.uses.push(used);
    }
    return { ...frame, names };
  }
  if (/^(?:layers|scenarios|steps)$/.test(name) && opens) return { ...frame, boards: name };
  if (frame.boards !== null && opens) {
    const board = emptyBoard();
    frame.board.boards.push({ kind: frame.boards, board });
    return { board, boards: null, names: null, depth: 0 };
  }
  if (piece === '') return { ...frame, depth: frame.depth + 1 };
  for (const used of uses) outline.uses.push(used);
  const isSetting = settings.test(name);
  const ends = name.split(/<?-+>?/).filter((end) => end.trim() !== '');
  const inner = isSetting ? 0 : (name.match(/\./g)?.length ?? 0);
  frame.board.own += isSetting ? perSetting : 2 * Math.max(ends.length, 1) - 1 + inner;
  const stars = ends.filter((end) => end.includes('*')).length;
  if (stars > 0) frame.board.globs.push(stars);
  const depth = frame.depth + inner + (opens ? 1 : 0);
  outline.depth = Math.max(outline.depth, depth);
  return { ...frame, depth };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).trim();
}

function emptyBoard(): TextBoard {
  return { own: 0, globs: [], boards: [] };
}

const imports = /(?:\.\.\.|:[ \t]*)@(?:["']([^"'\n]+)["']|([\w/-]+))/g;
/** What is set of a shape, and draws none. */
const settings =
  /(?:^|\.)(?:style|label|shape|link|tooltip|icon|near|width|height|top|left|class|classes|direction|constraint|grid-(?:rows|columns|gap)|(?:vertical|horizontal)-gap|source-arrowhead|target-arrowhead|d2-config)\b|^[#|]/;
const perSetting = 0.1;
/** Variables that hold others; those around more count less. */
const deepest = 20;

interface Frame {
  board: TextBoard;
  /** In `layers`, `scenarios` or `steps`: which of them. */
  boards: string | null;
  /** In `vars`: those that this is a part of. */
  names: string[] | null;
  depth: number;
}

export interface TextOutline {
  board: TextBoard;
  /** Containers in one another, at most. */
  depth: number;
  characters: number;
  /** Variables by the last part of their name, as often as they are used outside of `vars`. */
  uses: string[];
  /** Paths, as often as they are imported. */
  imports: string[];
  variables: Map<string, TextVariable>;
}

export interface TextBoard {
  /** Shapes and edges. */
  own: number;
  /** Of each edge or setting with `*`: at how many ends it has one. */
  globs: number[];
  boards: { kind: string; board: TextBoard }[];
}

interface TextVariable {
  elements: number;
  characters: number;
  depth: number;
  uses: string[];
}
