/**
 * `Object.spec{replicas: 1}` and `JSONPatch{op: 'add'}` as maps, which the engine has in their place: the
 * names of their fields become texts. All else stays as it is written.
 */
export function plainLiterals(expression: string): string {
  if (!/\b(?:Object|JSONPatch)\b/.test(expression)) return expression;
  const open: ('fields' | 'other')[] = [];
  let out = '';
  let atField = false;
  for (const [token, text, typed, field] of expression.matchAll(tokens)) {
    const inFields = open.at(-1) === 'fields';
    if (text !== undefined) out += token;
    else if (typed !== undefined) {
      out += 'dyn({';
      open.push('fields');
    } else if (field !== undefined && inFields && atField) out += token.replace(field, `'${field}'`);
    else {
      if (/^[([{]$/.test(token)) open.push('other');
      else if (/^[)\]}]$/.test(token) && open.pop() === 'fields') out += '}';
      out += token === '}' && inFields ? ')' : token;
    }
    if (/\S/.test(token) && text === undefined)
      atField = typed !== undefined || (token === ',' && open.at(-1) === 'fields');
    else if (text !== undefined && !token.startsWith('//')) atField = false;
  }
  return out;
}

/**
 * Texts and comments, beginnings of typed literals, names before a colon, other names, and single characters.
 */
const tokens =
  /((?:[rRbB]{0,2})(?:"""[\s\S]*?"""|'''[\s\S]*?''')|[rR][bB]?"[^"\n]*"|[rR][bB]?'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*)|(\b(?:Object(?:\.\w+)*|JSONPatch)\s*\{)|\b([A-Za-z_]\w*)\s*:|[A-Za-z_]\w*|[\s\S]/g;
