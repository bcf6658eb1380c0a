/** What people write where CEL has another sign. */
export const spellings: { at: RegExp; after?: RegExp; message: string; help: string }[] = [
  { at: /^=/, after: /[=!]=$/, message: 'there is no `===`', help: 'write `==` or `!=`' },
  { at: /^=/, message: '`=` compares nothing', help: 'write `==` to compare' },
  { at: /^(&&|\|\|)/, message: 'something must stand before it', help: 'drop one of the two signs' },
  { at: /^&/, message: '`&` joins nothing', help: 'write `&&` for and' },
  { at: /^\|/, message: '`|` joins nothing', help: 'write `||` for or' },
  { at: /^>/, after: /<$/, message: 'there is no `<>`', help: 'write `!=`' },
  {
    at: /^>/,
    after: /-$/,
    message: 'there is no `->`',
    help: 'write `x, …` inside `exists(…)`, `map(…)`, `filter(…)`',
  },
  { at: /^>/, after: /=$/, message: 'there is no `=>`', help: 'write `>=` to compare' },
  { at: /^`/, message: 'a text has other quotes', help: "write `'text'`" },
  { at: /^and\b/i, message: 'there is no word `and`', help: 'write `&&`' },
  { at: /^or\b/i, message: 'there is no word `or`', help: 'write `||`' },
  { at: /^(is|eq|equals)\b/i, message: 'it is compared with a sign', help: 'write `==`' },
  { at: /^\w/, after: /\bnot$/i, message: 'there is no word `not`', help: 'write `!`' },
  { at: /^(like|matches|contains)\b/i, message: 'that is a method', help: "write `name.contains('…')`" },
  {
    at: /^['"]/,
    after: /\.$/,
    message: 'after a dot comes a name',
    help: "other keys stand in brackets: `labels['a/b']`",
  },
];
