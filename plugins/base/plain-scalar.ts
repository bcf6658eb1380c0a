import type { JsonValue } from './json-value.ts';

/**
 * The value of a plain (unquoted) YAML scalar by YAML 1.1 as go-yaml v2 has it, which sigs.k8s.io/yaml, and
 * with it the API server, Argo CD and Helm read manifests with: `yes`, `on` and `y` are true, `0644` is
 * octal, `1_000` is a number. Sexagesimal numbers and dates stay texts, as do infinities, which JSON has not.
 */
export function plainScalar(text: string): JsonValue {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/.test(text)) return true;
  if (/^(n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text)) return false;
  if (!/^[-+.\d]/.test(text)) return text;
  const digits = text.replaceAll('_', '');
  const whole = /^([-+]?)(0b[01]+|0x[0-9a-fA-F]+|0o?[0-7]+|0|[1-9]\d*)$/.exec(digits);
  if (whole?.[2] !== undefined) {
    const body = /^0[0-7]+$/.test(whole[2]) ? `0o${whole[2].slice(1)}` : whole[2];
    const magnitude = Number(BigInt(body));
    return whole[1] === '-' ? -magnitude : magnitude;
  }
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits)) {
    const value = Number(digits);
    return Number.isFinite(value) ? value : text;
  }
  return text;
}
