import { isObject, objectAt } from '../../../base/index.ts';
import { referenceCell, textCell } from '../../../views/index.ts';
import { answer, type KindFacts } from './kind-facts.ts';

/** What is in a ConfigMap, and who reads it. */
export const configMap: KindFacts = {
  is: ({ group, kind }) => group === '' && kind === 'ConfigMap',
  answers({ id, rendered }, { relations, nameOf }) {
    const data = [objectAt(rendered, 'data'), objectAt(rendered, 'binaryData')].filter(isObject);
    const readers = (relations.get(id) ?? []).filter(({ type, to }) => type === 'consumes' && to === id);
    return [
      ...answer(
        'readBy',
        [...new Set(readers.map(({ from }) => from))].map((one) => referenceCell(nameOf(one), one)),
      ),
      ...answer(
        'keys',
        data.flatMap((one) => Object.keys(one)).map((key) => ({ ...textCell(key), code: true })),
      ),
    ];
  },
};
