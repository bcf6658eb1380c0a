/** Tells what a page describes as past, or only supposes. */
import { listLead, sentenceBefore } from './to-be-made.ts';

/** True after `the old …`, `Before (`, `Removed`, and in a list of what was `migrated from:`. */
export function isOld(before: string): boolean {
  const sentence = sentenceBefore(before);
  return (
    formerly.test(sentence) ||
    /\bbefore[*_]*\s*[(:][*_\s]*$/i.test(sentence) ||
    /\b(?:removed|deleted|dropped)[\s:*_]*$/i.test(sentence) ||
    movedFrom.test(sentence) ||
    isListedAsOld(listLead(before) ?? '')
  );
}

/** True of a path that its author only supposes: `… (or equivalent)`. */
export function isGuess(after: string): boolean {
  return /^`?\)?\s*\(?\s*or\s+(?:an?\s+|the\s+)?(?:equivalent|similar|comparable)\b/i.test(
    after.slice(0, 100),
  );
}

function isListedAsOld(lead: string): boolean {
  return movedFrom.test(lead) || /\b(?:removed|deleted):[*_\s]*$/i.test(lead);
}

/** `the old kustomize layout (` and others that it names; what it moved to is where it is now. */
const formerly =
  /\b(?:the|an?|its|their|our)\s+(?:old|former|previous|legacy|obsolete)\s+(?:(?!(?:to|into|by|with|is|was|are|were|has|have|now|moved?|lives?|lies?|becomes?|became)\b)[\w-]+\s+){0,3}\(?(?:`[^`]*`(?:\s*(?:,|\+|\band\b|\bor\b))*\s*){0,8}$/i;
const movedFrom =
  /\b(?:was|were|been)\s+(?:\w+ly\s+)?(?:derived|migrated|imported|converted|ported|copied|extracted)\s+from:?[*_\s]*$/i;
