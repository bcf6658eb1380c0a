/** What a page tells its reader to make, or says that a build makes: no file that has to be there. */

/**
 * True where the sentence that leads to a path tells its reader to make the file (`Create it at …`), or says
 * that a build makes it (`Output artifacts: …`).
 */
export function isToBeMade(before: string): boolean {
  const lead = before.slice(-nearby);
  const sentence = sentenceBefore(lead);
  return (
    /^[\s*_]*(?:(?:create|write|save|put|place|store|generate)\b|(?:build |generated )?(?:outputs?|artifacts?)\b[^:`]*:)/i.test(
      sentence,
    ) ||
    isOutput(sentence) ||
    isFileMade(sentence) ||
    /\b(?:create|delete|remove)[\s:*_]*$/i.test(sentence) ||
    isListedToMake(lead) ||
    isFileToMake(lead)
  );
}

/** True after `Output goes to`, `Copy the pipeline to` and in a list of `generated trees:`. */
function isOutput(sentence: string): boolean {
  return (
    /\boutputs?\b[^`]*\b(?:goes?|(?:is|are) (?:written|saved|put)|lands?)\b[^`]*\b(?:to|into|in|under)\s*$/i.test(
      sentence,
    ) ||
    /^[\s*_-]*copy\b.*\b(?:to|into)\s*$/is.test(sentence) ||
    /\bgenerated\b[^:`]*:(?:\s*`[^`]*`,?)*\s*$|^[^`]*\bgenerated\s*$/i.test(sentence)
  );
}

/** True after `create example files in`, `Add a new file`, `files are created under`, `commits them to`. */
function isFileMade(whole: string): boolean {
  // The telling words stand near; a long page would try each of them against all of its text.
  const sentence = whole.slice(-200);
  return (
    /\b(?:create|write|save|generate)\b[^`.]*\b(?:files?|manifests?|folders?|director(?:y|ies))\b[^`.]*\b(?:in|to|into|under|inside)\s*$/i.test(
      sentence,
    ) ||
    /\b(?:files?|manifests?|folders?|director(?:y|ies))\b[^`.]*\b(?:is|are)\s+(?:created|generated|committed|written)\s+(?:in|to|into|under|inside)\s*$/i.test(
      sentence,
    ) ||
    /\b(?:commits|pushes)\b[^`.]*\b(?:in|to|into|under)\s*$/i.test(sentence) ||
    /\badds? a new (?:file|folder|directory)[\s:*_]*$/i.test(sentence)
  );
}

/** True where the sentence, or the table, that goes on after a path says that it is no more, or not yet. */
export function isGone(after: string): boolean {
  const rest = after.slice(0, nearby);
  if (/^`?\s*\|\s*(?:create|delete|remove|new)\b/i.test(rest)) return true;
  if (/^`?[*_]*\s*[-–—:(]+\s*(?:[\w-]+\s+){0,3}(?:removed|deleted)\b/i.test(rest)) return true;
  const [sentence = ''] = rest.split(/[.!?;](?:\s|$)|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s+|\|/);
  if (/^(?:[^`]|`[^`]*`)*\bnone of (?:which|them) (?:still )?exists?\b/i.test(sentence)) return true;
  return /^[^`]*\b(?:no longer exists?|do(?:es)?(?: not|n['’]t) exist|(?:(?:has|have) been|was|were|is|are)\s+(?:(?:now|since|\w+ly)\s+)?(?:removed|deleted|dropped|gone|retired))\b/i.test(
    sentence,
  );
}

/** True where a path begins an item of a list that follows `Adding a new environment requires:`. */
function isListedToMake(before: string): boolean {
  const lead = listLead(before);
  return (
    lead !== undefined &&
    /\b(?:add|adding|create|creating)\b.*\b(?:new|another)\b.*:\s*$/i.test(lead) &&
    !/\b(?:edit|update|change|modify|see|read)\b/i.test(lead)
  );
}

/** The line that leads to the list of which a path begins an item; undefined where it begins none. */
export function listLead(before: string): string | undefined {
  const [, above] = /^([\s\S]*\n)\s*(?:[-*+]|\d+[.)])\s+[*_]*$/.exec(before.slice(-nearby)) ?? [];
  return above
    ?.split('\n')
    .reverse()
    .find((line) => line.trim() !== '' && !/^\s*(?:[-*+]|\d+[.)])\s|^\s{2,}/.test(line));
}

/** True for `**File**: …` below a heading that says to make it: `Step 2: Create base values`. */
function isFileToMake(before: string): boolean {
  if (!/(?:^|\n)[ \t]*[*_]*(?:file|path)[*_]*:[*_]*\s*$/i.test(before)) return false;
  const heading = before
    .split('\n')
    .reverse()
    .find((line) => /^#{1,6} /.test(line));
  return heading !== undefined && /^#+ (?:.*:\s*|[\d.)\s]*)(?:create|add|write)\b/i.test(heading);
}

export function sentenceBefore(before: string): string {
  const near = before.slice(-nearby);
  return near.split(/(?<!\b(?:e\.g|i\.e))[.!?;]\s|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s+|\|/).at(-1) ?? '';
}

/** The sentence with a colon that leads to a paragraph of its own; empty where none does. */
export function leadBefore(before: string): string {
  const [, lead = ''] = /(?:^|\n)([^\n]*:)[ \t]*\n\s*\n\s*$/.exec(before.slice(-nearby)) ?? [];
  return sentenceBefore(lead);
}

/** Characters around a path in which a page says what it is: a page may name tens of thousands of them. */
const nearby = 4000;
