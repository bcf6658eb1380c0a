/**
 * The `columns` attribute taken apart: names of columns and `label = CEL`, separated by commas outside
 * brackets and strings. Offsets are those in the attribute, for carets.
 */
export function parseColumns(attribute: string): ColumnRequest[] {
  const requests: ColumnRequest[] = [];
  let start = 0;
  let equals: number | undefined;
  const finish = (end: number): void => {
    const whole = trimmed(attribute, start, end);
    if (equals === undefined) requests.push({ label: whole.text, offset: whole.offset, expression: null });
    else {
      const label = trimmed(attribute, start, equals);
      requests.push({
        label: label.text,
        offset: label.offset,
        expression: trimmed(attribute, equals + 1, end),
      });
    }
    start = end + 1;
    equals = undefined;
  };
  for (const { character, index } of outside(attribute)) {
    if (character === ',') finish(index);
    else if (equals === undefined && character === '=' && isAssignment(attribute, index)) equals = index;
  }
  finish(attribute.length);
  return requests;
}

/** A single `=`, not one of `==`, `!=`, `<=`, `>=`. */
function isAssignment(text: string, index: number): boolean {
  return text[index + 1] !== '=' && !'=!<>'.includes(text[index - 1] ?? ' ');
}

/** Characters outside strings and brackets. */
function* outside(text: string): Generator<{ character: string; index: number }> {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth <= 0) yield { character, index };
  }
}

function trimmed(text: string, start: number, end: number): { text: string; offset: number } {
  const part = text.slice(start, end);
  return { text: part.trim(), offset: start + part.length - part.trimStart().length };
}

export interface ColumnRequest {
  /** Name of a column, or the label of an expression. */
  label: string;
  offset: number;
  expression: { text: string; offset: number } | null;
}
