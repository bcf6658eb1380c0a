import { type Document, isAlias, isMap, isPair, isScalar, isSeq, Parser, parseAllDocuments } from 'yaml';

/**
 * Where two YAML texts begin to say something else: the same keys, values, list items and comments in the
 * same order are the same, whatever their indentation, quotes, blank lines and folding. A plain `yes` and a
 * quoted one are two things, as for Kubernetes' tools.
 * @returns null where they are the same; `unreadable` where one of them does not parse.
 */
export function yamlDifference(one: string, other: string): YamlDifference | null | 'unreadable' {
  const [a, b] = [tokensOf(one), tokensOf(other)];
  if (!a || !b) return 'unreadable';
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a[index]?.text !== b[index]?.text)
      return { one: a[index]?.offset ?? null, other: b[index]?.offset ?? null };
  }
  return null;
}

/**
 * Scalars with what they stand in, beginnings of mappings and lists, comments; in the order of the text. Null
 * for what is no YAML.
 */
function tokensOf(text: string): Token[] | null {
  try {
    const documents = [
      ...parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' }),
    ] as Document[];
    if (documents.some((document) => document.errors.length > 0)) return null;
    const tokens: Token[] = [];
    for (const document of documents) collect(document.contents, '', tokens);
    tokens.push(...commentsOf(text));
    return tokens
      .map((token, index) => ({ token, index }))
      .sort((a, b) => a.token.offset - b.token.offset || a.index - b.index)
      .map(({ token }) => token);
  } catch (error) {
    // Nesting thousands deep exhausts the parser's stack.
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

function collect(node: unknown, around: string, tokens: Token[]): void {
  if (isMap(node) || isSeq(node)) {
    const sign = isMap(node) ? '{' : '[';
    tokens.push({
      offset: node.range?.[0] ?? 0,
      text: `${around}${sign} ${node.anchor ?? ''} ${tagOf(node)}`,
    });
    for (const item of node.items) {
      if (isPair(item)) {
        collect(item.key, `${around}k`, tokens);
        collect(item.value, `${around}v`, tokens);
      } else collect(item, `${around}i`, tokens);
    }
  } else if (isAlias(node)) {
    tokens.push({ offset: node.range?.[0] ?? 0, text: `${around} *${node.source}` });
  } else if (isScalar(node)) {
    const { value } = node;
    const written = typeof value === 'string' ? `'${value}` : value === null ? 'null' : String(node.source);
    const plain = typeof value === 'string' && node.type === 'PLAIN' && old.test(value) ? 'plain ' : '';
    const text = `${around} ${node.anchor ?? ''} ${tagOf(node)} ${plain}${written}`;
    tokens.push({ offset: node.range?.[0] ?? 0, text });
  }
}

function commentsOf(text: string): Token[] {
  const comments: Token[] = [];
  const visit = (token: unknown): void => {
    if (Array.isArray(token)) for (const one of token) visit(one);
    else if (typeof token === 'object' && token !== null) {
      if ('type' in token && token.type === 'comment' && 'source' in token && 'offset' in token)
        comments.push({ offset: Number(token.offset), text: `# ${String(token.source).slice(1).trim()}` });
      else for (const inner of Object.values(token)) visit(inner);
    }
  };
  for (const token of new Parser().parse(text)) visit(token);
  return comments;
}

function tagOf(node: { tag?: string | undefined }): string {
  return node.tag ?? '';
}

/** Words and numbers of YAML 1.1, which the newer parser here takes for text. */
const old = /^(y|n|yes|no|on|off|[-+]?[\d_:.]+)$/i;

interface Token {
  offset: number;
  text: string;
}

/** Offsets in each text; null where it ends before. */
export interface YamlDifference {
  one: number | null;
  other: number | null;
}
