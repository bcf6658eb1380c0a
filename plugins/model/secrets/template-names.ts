/**
 * Whether a template of External Secrets fails on the names that it uses: they are the fetched keys, and one
 * that is not there is an error (`missingkey=error`). Source: `runtime/template/v2/template.go` execute.
 */
import {
  type Command,
  type Node,
  type Operand,
  type Pipeline,
  parseTemplate,
  type Template,
  TemplateError,
} from '../../template/index.ts';
import { holdsKey, type KeySet } from './key-set.ts';

/**
 * Why the template fails whatever the values are; null where it does not, or where that hangs on them: what
 * is within `if`, `with`, `range` and `define` may not be run, or with other data.
 */
export function templateFault(text: string, keys: KeySet): TemplateFault | null {
  if (!text.includes('{{')) return null;
  let template: Template;
  try {
    // Which functions there are hangs on the version.
    template = parseTemplate(text, () => true);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof RangeError) return 'template-syntax';
    throw error;
  }
  return first(template.body, (node) => faultOfNode(node, keys));
}

function faultOfNode(node: Node, keys: KeySet): TemplateFault | null {
  if (node.type === 'template') return node.pipeline === null ? null : faultOfPipeline(node.pipeline, keys);
  return 'pipeline' in node ? faultOfPipeline(node.pipeline, keys) : null;
}

function faultOfPipeline({ commands }: Pipeline, keys: KeySet): TemplateFault | null {
  return first(commands, (command) => faultOfCommand(command, keys));
}

function faultOfCommand({ operands }: Command, keys: KeySet): TemplateFault | null {
  const [head, ...rest] = operands;
  // Of these the arguments after the first are looked at only where it asks for them.
  const isShort = head?.type === 'function' && (head.name === 'and' || head.name === 'or');
  const asked = head?.type === 'function' ? (isShort ? rest.slice(0, 1) : rest) : operands;
  return first(asked, (operand) => faultOfOperand(operand, keys));
}

function faultOfOperand(operand: Operand, keys: KeySet): TemplateFault | null {
  switch (operand.type) {
    case 'field':
      return faultOfPath(operand.path, keys);
    case 'variable':
      return operand.name === '$' ? faultOfPath(operand.path, keys) : null;
    case 'chain':
      return faultOfOperand(operand.of, keys);
    case 'pipeline':
      return faultOfPipeline(operand, keys);
    default:
      return null;
  }
}

/** A value is a text, which has no fields. */
function faultOfPath([name, ...fields]: readonly string[], keys: KeySet): TemplateFault | null {
  if (name === undefined) return null;
  if (fields.length > 0) return 'template-field';
  return holdsKey(keys, name) === false ? 'template-key' : null;
}

function first<T>(all: readonly T[], test: (one: T) => TemplateFault | null): TemplateFault | null {
  for (const one of all) {
    const fault = test(one);
    if (fault !== null) return fault;
  }
  return null;
}

export type TemplateFault = 'template-syntax' | 'template-key' | 'template-field';
