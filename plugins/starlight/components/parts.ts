/**
 * What components take of our modules. It comes to a site as one module, as Vite and each of its plugins look
 * at every one of them in every build.
 */
export { sharedBook } from '../sidebar/shared-book.ts';
export { isBrief, isWay } from '../site/brief-sidebar.ts';
export { withFigures } from '../site/figures.ts';
export { speechIn } from '../site/page-words.ts';
export { thingAt } from '../site/things.ts';
export { coverage, summary } from './page-summary.ts';
