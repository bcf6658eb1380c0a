/** Base 32 of RFC 4648, which Node lacks. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function toBase32(text: string): string {
  let result = '';
  let [bits, size] = [0, 0];
  for (const byte of Buffer.from(text)) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (size += 8; size >= 5; size -= 5) result += alphabet[(bits >> (size - 5)) & 31];
  }
  if (size > 0) result += alphabet[(bits << (5 - size)) & 31];
  return result.padEnd(Math.ceil(result.length / 8) * 8, '=');
}

export function fromBase32(text: string): string {
  const clean = text.replace(/[\r\n]/g, '').replace(/(?<!=)=+$/, '');
  const bytes: number[] = [];
  let [bits, size] = [0, 0];
  for (const [index, character] of [...clean].entries()) {
    const value = alphabet.indexOf(character);
    if (value < 0) return `illegal base32 data at input byte ${index}`;
    bits = ((bits << 5) | value) & 0xfff;
    size += 5;
    if (size >= 8) {
      size -= 8;
      bytes.push((bits >> size) & 255);
    }
  }
  return Buffer.from(bytes).toString();
}
