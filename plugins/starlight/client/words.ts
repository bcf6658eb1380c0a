import { createTranslator, type Said } from '../../base/translate.ts';

/**
 * Says something in the language of the page, from the element that the page carries for it or the file that
 * pages of a built site share; undefined where there is none, as on pages that are none of Starlight's.
 */
export const say: Say | undefined = readWords();

function readWords(): Say | undefined {
  const { plumblineWords: shared } = globalThis as { plumblineWords?: Words };
  const text = document.querySelector('#plumbline-words')?.textContent;
  const own = shared ?? (text ? (JSON.parse(text) as Words) : undefined);
  if (own === undefined) return undefined;
  const { language, words } = own;
  const translate = createTranslator(language, words);
  return (word, values = {}) => translate({ key: `script.${word}`, values });
}

export type Say = (word: ScriptWord, values?: Said['values']) => string;

interface Words {
  language: string;
  words: Record<string, string>;
}

/** Each a key under `script.`. */
type ScriptWord =
  | 'filter'
  | 'filterOf'
  | 'shown'
  | 'more'
  | 'narrow'
  | 'facetAll'
  | 'facet'
  | 'tableKeys'
  | 'copyAs'
  | 'copied'
  | 'rowLink'
  | 'source'
  | 'neighbours'
  | 'open'
  | 'close'
  | 'steps'
  | 'tools'
  | 'boards'
  | 'keys'
  | 'zoomOut'
  | 'zoomIn'
  | 'fit'
  | 'fullScreen'
  | 'downloadSvg'
  | 'downloadD2'
  | 'previousStep'
  | 'nextStep';
