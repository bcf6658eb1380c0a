/**
 * A label selector of Kubernetes, as `LabelSelectorAsSelector` reads it. An empty one selects everything.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../base/index.ts';

/**
 * Whether the labels are selected; null where that hangs on a label that is not known: `isWhole` false says
 * that there may be others. One that Kubernetes refuses selects nothing.
 */
export function selectorFits(
  selector: JsonObject,
  labels: Readonly<Record<string, string>>,
  isWhole = true,
): boolean | null {
  const expressions = listAt(selector, 'matchExpressions').filter(isObject);
  if (!expressions.every(isValid)) return false;
  const answers = [
    ...Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) =>
      decide(key, labels, isWhole, (own) => own === value),
    ),
    ...expressions.map((expression) => {
      const operator = textAt(expression, 'operator');
      const values = listAt(expression, 'values');
      return decide(textAt(expression, 'key') ?? '', labels, isWhole, (own) => {
        if (operator === 'Exists') return own !== undefined;
        if (operator === 'DoesNotExist') return own === undefined;
        const isListed = own !== undefined && values.includes(own);
        return operator === 'In' ? isListed : !isListed;
      });
    }),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function decide(
  key: string,
  labels: Readonly<Record<string, string>>,
  isWhole: boolean,
  test: (own: string | undefined) => boolean,
): boolean | null {
  const own = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return own === undefined && !isWhole ? null : test(own);
}

function isValid(expression: JsonObject): boolean {
  const count = listAt(expression, 'values').length;
  const operator = textAt(expression, 'operator') ?? '';
  if (operator === 'In' || operator === 'NotIn') return count > 0;
  return (operator === 'Exists' || operator === 'DoesNotExist') && count === 0;
}
