/**
 * YAML without what its keys call a password, a token or a key: charts take such values from files that no
 * document calls a Secret, and nobody has decided to publish those.
 */
export function withoutSecrets(text: string): string {
  let hidden = -1;
  return text
    .split('\n')
    .map((line) => {
      const indent = /^[\s-]*/.exec(line)?.[0].length ?? 0;
      if (hidden >= 0 && (line.trim() === '' || indent > hidden)) return line.trim() === '' ? line : '';
      hidden = -1;
      const [, before, value = ''] = secretKey.exec(line) ?? [];
      if (
        before === undefined ||
        value === '' ||
        /^[{[]\s*[}\]]$|^(?:""|''|null|~|true|false|["']?\$\{\w+\}["']?)$/.test(value)
      )
        return line;
      // What follows an indented block, or goes on with a quote, is of the value, too.
      hidden = indent;
      return `${before} …`;
    })
    .join('\n');
}

const secretKey =
  /^(\s*(?:- +)*["']?(?:secret|[\w.-]*(?:pass(?:word|wd|phrase)|token|api-?_?key|private-?_?key|access-?_?key|secret-?_?key|client-?_?secret|credentials?|bearer|cookie-?_?secret|signing-?_?key|encryption-?_?key|htpasswd))["']?\s*:)\s*(?!#)(.+?)\s*$/i;
