/**
 * Words of a site in a language, in the form that i18next has, which is Starlight's: `{{name}}` for a value,
 * `{{name, number}}` for a number as the language writes it, and a key for each form of plural, `rows_one`
 * and `rows_other`, of which `count` picks.
 */

/**
 * @param language a BCP 47 tag; one that there is none of is taken for English.
 * @param dictionaries of several the first that has a key; a key that none has is said as it is.
 */
export function createTranslator(language: string, ...dictionaries: readonly Dictionary[]): Translator {
  function say({ key, values = {} }: Said): string {
    const { count } = values;
    const forms =
      typeof count === 'number'
        ? [`${key}_${formsOf(language).plurals.select(count)}`, `${key}_other`, key]
        : [key];
    return (templateOf(forms) ?? key).replaceAll(
      /\{\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}\}/g,
      (written, name: string, format?: string) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined) return written;
        if (typeof value === 'object') return say(value);
        return typeof value === 'number' && format === 'number' ? numberIn(language, value) : String(value);
      },
    );
  }

  function templateOf(forms: readonly string[]): string | undefined {
    for (const dictionary of dictionaries)
      for (const form of forms) if (Object.hasOwn(dictionary, form)) return dictionary[form];
    return undefined;
  }

  return say;
}

/**
 * A number as a language writes it. What knows that takes longer to load than all that a page says, and most
 * numbers are short ones in a language that has them as everybody.
 */
function numberIn(language: string, value: number): string {
  if (/^(?:en|de)(?!\w|.*-u-)/i.test(language) && Number.isInteger(value) && value >= 0 && value < 1000)
    return String(value);
  return formsOf(language).numbers().format(value);
}

/** How a language counts and writes numbers: each page of a site asks for those of one. */
function formsOf(language: string): Forms {
  const known = forms.get(language);
  if (known !== undefined) return known;
  const tag = knownTag(language);
  let numbers: Intl.NumberFormat | undefined;
  const made: Forms = {
    plurals: new Intl.PluralRules(tag),
    numbers: () => {
      numbers ??= new Intl.NumberFormat(tag);
      return numbers;
    },
  };
  forms.set(language, made);
  return made;
}

const forms = new Map<string, Forms>();

function knownTag(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

interface Forms {
  plurals: Intl.PluralRules;
  numbers(): Intl.NumberFormat;
}

export type Dictionary = Readonly<Record<string, string>>;

export type Translator = (said: Said) => string;

/** What is said, without the language: a key, and what it speaks of, which may be said itself. */
export interface Said {
  key: string;
  values?: SaidValues;
}

export type SaidValues = Readonly<Record<string, string | number | Said>>;
