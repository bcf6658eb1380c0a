/**
 * YAML as sigs.k8s.io/yaml writes it: sorted keys, lists not indented under their key, quotes only where
 * needed, no newline at the end.
 */
import { compareBytes, isObject, type JsonValue, plainScalar } from '../base/index.ts';

export function writeYaml(value: JsonValue): string {
  return write(value, '').replace(/\n$/, '');
}

function write(value: JsonValue, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]\n';
    return value.map((item) => `${indent}- ${inline(item, `${indent}  `)}`).join('');
  }
  if (isObject(value)) {
    const keys = Object.keys(value).sort(compareBytes);
    if (keys.length === 0) return '{}\n';
    return keys
      .map((key) => `${indent}${scalar(key, indent)}:${member(value[key] ?? null, indent)}`)
      .join('');
  }
  return `${scalar(value, indent)}\n`;
}

/** What follows a key: a list keeps the key's indent, a mapping gains two. */
function member(value: JsonValue, indent: string): string {
  if (Array.isArray(value) && value.length > 0) return `\n${write(value, indent)}`;
  if (isObject(value) && Object.keys(value).length > 0) return `\n${write(value, `${indent}  `)}`;
  return ` ${inline(value, `${indent}  `)}`;
}

/** What follows a dash: the first line of a collection stands beside it. */
function inline(value: JsonValue, indent: string): string {
  if (typeof value !== 'object' || value === null) return `${scalar(value, indent.slice(2))}\n`;
  return write(value, indent).slice(
    (Array.isArray(value) ? value.length : Object.keys(value).length) > 0 ? indent.length : 0,
  );
}

function scalar(value: string | number | boolean | null, indent: string): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return String(value);
  if (value.includes('\n') && !/[^\n\x20-\x7e\u00a0-\uffff]/.test(value)) return block(value, indent);
  if (
    /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\uffff]/.test(value) &&
    !/\p{Extended_Pictographic}/u.test(value)
  )
    return JSON.stringify(value);
  if (
    plainScalar(value) !== value ||
    /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(value) ||
    /^\d[\d:]*:[0-5]?\d(\.\d*)?$/.test(value) ||
    /^\d{4}-\d\d?-\d\d?/.test(value)
  )
    return JSON.stringify(value);
  const plain =
    !/^[-?:](\s|$)/.test(value) &&
    !/^[,[\]{}#&*!|>'"%@`]/.test(value) &&
    !/^(---|\.\.\.)/.test(value) &&
    !/: |:$| #|^\s|\s$|\t/.test(value);
  return plain ? value : `'${value.replaceAll("'", "''")}'`;
}

/** Small and large numbers with an exponent of at least two digits. */
function number(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-4;
  return (small ? value.toExponential() : String(value)).replace(/e([-+])(\d)$/, 'e$10$2');
}

function block(value: string, indent: string): string {
  const chomp = value.endsWith('\n\n') || value === '\n' ? '+' : value.endsWith('\n') ? '' : '-';
  const hint = /^[ \n]/.test(value) ? '2' : '';
  const lines = value.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`;
}
