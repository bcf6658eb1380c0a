import { createTranslator, type Said } from '../../base/translate.ts';

/**
 * Says something in the language of the page, from the element that the page carries for it; undefined where
 * there is none, as on pages that are none of Starlight's.
 */
export const say: Say | undefined = readWords();

function readWords(): Say | undefined {
  const text = document.querySelector('#plumbline-words')?.textContent;
  if (!text) return undefined;
  const { language, words } = JSON.parse(text) as { language: string; words: Record<string, string> };
  const translate = createTranslator(language, words);
  return (word, values = {}) => translate({ key: `script.${word}`, values });
}

export type Say = (word: ScriptWord, values?: Said['values']) => string;

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
