/**
 * A page of text → its syntax tree with places, comments, shell commands, headings, address, and the way
 * back: pieces of text put in. Knows nothing of what a page may state.
 */

export { toAttributes } from './attributes.ts';
export { below, endingOf, placesIn, prefixAt } from './body.ts';
export { commentOf } from './comments.ts';
export {
  type AttributeParts,
  type DirectiveParts,
  directiveParts,
  isDirective,
} from './directive-places.ts';
export { anchorNames, anchorsOf, shiftedAnchors } from './headings.ts';
export { labelText } from './label-text.ts';
export { runsSomething, schemeThatRuns, wellFormed } from './links/running-address.ts';
export { linksOf, setLink, type WrittenLink, withheldHtml, withholdLinks } from './links/written-links.ts';
export { isPart, pageName, pagesUnder, realFolders } from './page-files.ts';
export { isDraft, ownSlug, pageSlug } from './page-slug.ts';
export { pageTitle } from './page-title.ts';
export { formatOf, type Parsed, parsePage, type Unparsed } from './parse-page.ts';
export { openParseRoom, type ParseRoom } from './parse-room.ts';
export { workToParse } from './parse-work.ts';
export { createPositions, type Positions } from './positions.ts';
export { faultBehind, readAttributes, readDirective } from './read-directive.ts';
export { readShell, type ShellCommand, type ShellWord } from './shell.ts';
export { isSlug } from './slug.ts';
export { fenced, infoOf, inPlaceOf, type Splice, spliced } from './splices.ts';
export { type Directive, offsetOf, type Spot } from './spot.ts';
export type * from './types.ts';
export { placeOfText, type TextPlace, writeText } from './write-text.ts';
