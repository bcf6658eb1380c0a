/**
 * The text of a file's bytes: UTF-8, or UTF-16 where a byte-order mark or the zeros of its first characters
 * say so (as Argo CD reads manifests). Line ends become `\n`, so that lines and columns are the file's own
 * and no excerpt carries a carriage return. Undefined where the bytes are not text.
 */
export function decode(bytes: Buffer): string | undefined {
  const encoding = encodingOf(bytes);
  const text = (encoding === 'utf-8' ? utf8 : new TextDecoder(encoding)).decode(bytes);
  return text.includes('\0') ? undefined : text.replaceAll('\r\n', '\n');
}

/** The decoder of nearly every file: making one takes longer than decoding. */
const utf8 = new TextDecoder();

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes.length > 1))
    return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes.length > 1))
    return 'utf-16be';
  return 'utf-8';
}
