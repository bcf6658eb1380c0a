/** A platform and the pages that somebody edits → what an editor shows, by the Language Server Protocol. */

export { serveEditor } from './serve-editor.ts';
