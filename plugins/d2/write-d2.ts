import type { Diagram, DiagramNode } from '../views/index.ts';

/**
 * A drawing as D2 text. Same drawing, same bytes: nodes and edges keep their order, every label is quoted.
 * Classes come from an import; a text that is itself imported from `gitops/` says `classes: '@classes'`, or
 * null where the importing text has them.
 */
export function diagramToD2(diagram: Diagram, options: WriteOptions = {}): string {
  const { linkOf = linkToReference, classes = '@gitops/classes' } = options;
  const children = Map.groupBy(diagram.nodes, (node) => node.parent);
  const lines: string[] = [];
  if (classes !== null) lines.push(`...${classes}`);
  lines.push(`direction: ${diagram.direction}`, '');

  const write = (node: DiagramNode, indent: string): void => {
    const inside = children.get(node.id) ?? [];
    const link = linkOf(node);
    const own = [`class: ${node.class}`, ...(link === null ? [] : [`link: ${quoted(link)}`])];
    const head = `${indent}${keyOf(node.id)}: ${quoted(node.label)} {`;
    if (inside.length === 0) {
      lines.push(`${head} ${own.join('; ')} }`);
      return;
    }
    lines.push(head, ...own.map((line) => `${indent}  ${line}`));
    for (const child of inside) write(child, `${indent}  `);
    lines.push(`${indent}}`);
  };
  for (const node of children.get(null) ?? []) write(node, '');

  const paths = pathsOf(diagram.nodes);
  if (diagram.edges.length > 0) lines.push('');
  for (const { from, to, label } of diagram.edges) {
    const ends = `${paths.get(from) ?? keyOf(from)} -> ${paths.get(to) ?? keyOf(to)}`;
    lines.push(label === '' ? ends : `${ends}: ${quoted(label)}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * A double-quoted D2 string. `$` begins a substitution and is escaped too; control characters cannot stand in
 * SVG.
 */
function quoted(text: string): string {
  const inner = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', ' ');
  return `"${inner}"`;
}

/**
 * A drawing whose labels have several lines where one would be long, broken behind a space or a mark: a name
 * must not make a drawing wide.
 */
export function wrapLabels(diagram: Diagram): Diagram {
  const wrapped = <Part extends { label: string }>(part: Part, longest: number): Part => ({
    ...part,
    label: part.label
      .split('\n')
      .map((line) => wrappedLine(line, longest))
      .join('\n'),
  });
  return {
    ...diagram,
    nodes: diagram.nodes.map((node) => wrapped(node, longestLine)),
    edges: diagram.edges.map((edge) => wrapped(edge, longestBeside)),
  };
}

function wrappedLine(line: string, longest: number): string {
  if (line.length <= longest) return line;
  const lines = [''];
  for (const part of line.split(/(?<=[\s/.:_-])(?=\S)/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + part.trimEnd().length > longest) lines.push(part);
    else lines[lines.length - 1] = last + part;
  }
  return lines.map((one) => one.trimEnd()).join('\n');
}

/** A label on one line, with names whole that were broken behind a mark. */
export function oneLine(label: string): string {
  return label
    .replaceAll(/(?<=\w[/.:_-])\n(?=\w)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Characters of a label side by side: of a shape, and of an edge, which sets its shapes that far apart. */
const [longestLine, longestBeside] = [26, 18];

/** A key as it is where D2 reads it so, else quoted: keywords, dots, arrows and all else. */
function keyOf(id: string): string {
  return /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/.test(id) && !keywords.has(id.toLowerCase()) ? id : quoted(id);
}

function pathsOf(nodes: DiagramNode[]): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = (node: DiagramNode): string => {
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    return parent === undefined ? keyOf(node.id) : `${path(parent)}.${keyOf(node.id)}`;
  };
  return new Map(nodes.map((node) => [node.id, path(node)]));
}

function linkToReference(node: DiagramNode): string | null {
  return node.ref === null ? null : `gitops:${node.ref}`;
}

/** Keys that mean something to D2, from its list of reserved keywords. */
const keywords = new Set(
  `label desc shape icon constraint tooltip link near width height direction class classes vars top left grid-rows
  grid-columns grid-gap vertical-gap horizontal-gap source-arrowhead target-arrowhead style layers scenarios steps opacity
  stroke fill fill-pattern stroke-width stroke-dash border-radius font font-size font-color bold italic underline
  text-transform shadow multiple 3d double-border animated filled null true false suspend unsuspend`.split(
    /\s+/,
  ),
);

interface WriteOptions {
  /** What a node links to; null for nothing. Without it: `gitops:` and the node's reference. */
  linkOf?: (node: DiagramNode) => string | null;
  classes?: string | null;
}
