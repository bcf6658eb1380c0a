/**
 * `pattern`, `anyPattern` and `deny` of a rule, with Kyverno's words. Source: kyverno
 * `validate_resource.go`.
 */
import { type JsonObject, type JsonPath, type JsonValue, textAt } from '../../../base/index.ts';
import { conditionsHold } from './conditions.ts';
import { matchPattern } from './pattern.ts';
import { resolveReferences } from './references.ts';
import type { RuleScope, Variables, Verdict } from './types.ts';
import { messageOf, substitute } from './variables.ts';

/** @param isElement the object is one of a `foreach`, whose place in the whole is not known. */
export function verdictOfPattern(
  { rule, subject }: RuleScope,
  written: JsonValue,
  object: JsonValue,
  variables: Variables,
  isElement = false,
): Verdict | null {
  const pattern = substitute(resolveReferences(written), variables);
  if (subject.operation === 'DELETE' && !isElement) return null;
  const outcome = matchPattern(object, pattern);
  if (outcome.status === 'pass') return { status: 'pass', message: '' };
  if (outcome.status === 'skip') return { status: 'skip', message: `rule skipped: ${outcome.message}` };
  const name = textAt(rule, 'name') ?? '';
  if (outcome.status === 'error') {
    const message = `${beginning(rule, variables)}rule ${name} execution error: ${outcome.message}`;
    return { status: 'error', message };
  }
  const message = `${beginning(rule, variables)}rule ${name} failed at path ${pathText(outcome.path)}`;
  return { status: 'fail', message, ...(isElement ? {} : { path: outcome.path }) };
}

/** The first that passes passes; where all are skipped, the rule is. */
export function verdictOfAny(
  { rule, subject }: RuleScope,
  written: readonly JsonValue[],
  object: JsonValue,
  variables: Variables,
  isElement = false,
): Verdict | null {
  const patterns = written.map((one) => substitute(resolveReferences(one), variables));
  if (subject.operation === 'DELETE' && !isElement) return null;
  const faults: { message: string; path: JsonPath | null }[] = [];
  let skipped = 0;
  for (const [index, pattern] of patterns.entries()) {
    const outcome = matchPattern(object, pattern);
    if (outcome.status === 'pass') return { status: 'pass', message: '' };
    if (outcome.status === 'skip') skipped += 1;
    else {
      const name = `${textAt(rule, 'name') ?? ''}[${index}]`;
      faults.push({
        message: outcome.path
          ? `rule ${name} failed at path ${pathText(outcome.path)}`
          : `rule ${name} execution error: ${outcome.message}`,
        path: outcome.path,
      });
    }
  }
  if (faults.length === 0 && skipped > 0)
    return { status: 'skip', message: 'rule skipped: no pattern applies' };
  const message = `${beginning(rule, variables)}${faults.map((fault) => fault.message).join(' ')}`;
  const [only] = faults;
  return {
    status: 'fail',
    message,
    ...(only?.path && faults.length === 1 && !isElement ? { path: only.path } : {}),
  };
}

/** Fails where the conditions hold; without any it always does. */
export function denial(rule: JsonObject, deny: JsonObject, variables: Variables): Verdict {
  const { holds, messages } = conditionsHold(deny.conditions, variables);
  if (!holds) return { status: 'pass', message: '' };
  const said = [textAt(rule, 'validate', 'message') ?? '', ...messages].filter((text) => text !== '');
  if (said.length === 0)
    return { status: 'fail', message: `validation error: rule ${textAt(rule, 'name') ?? ''} failed` };
  return { status: 'fail', message: messageOf(said.join('; '), variables) };
}

function beginning(rule: JsonObject, variables: Variables): string {
  const written = textAt(rule, 'validate', 'message') ?? '';
  if (written === '') return 'validation error: ';
  const message = messageOf(written, variables);
  return `validation error: ${message}${message.endsWith('.') ? '' : '.'} `;
}

function pathText(path: JsonPath): string {
  return `/${path.map((part) => `${part}/`).join('')}`;
}
