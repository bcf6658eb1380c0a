import { isMisspelt } from '../../base/index.ts';
import type { Details } from '../diagnose.ts';
import { diagnose } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { commandUnknown } from '../rules/pages/command-unknown.ts';
import type { CommandWord } from '../types.ts';
import type { About } from './types.ts';

/** A word of a command that names nothing. `certain`: where there is one candidate, it is what was meant, however far it is. */
export function fault(
  { statement }: About,
  word: CommandWord,
  details: Details,
  certain = false,
): Diagnostic {
  const [only, ...others] = details.candidates ?? [];
  const isMeant = only !== undefined && others.length === 0 && (certain || isMisspelt(word.text, only));
  return diagnose(commandUnknown, {
    about: `${statement.program} ${statement.words.map(({ text }) => text).join(' ')}|${word.text}`,
    page: word.place,
    ...details,
    ...(isMeant && isWhole(word) ? { fix: { replacement: only } } : {}),
  });
}

/** True where the place holds the word and nothing else, so that another can stand there. */
function isWhole({ text, place }: CommandWord): boolean {
  return place.line === place.endLine && place.endColumn - place.column === text.length;
}
