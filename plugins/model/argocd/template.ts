/** The template languages are a room of their own; generators find them here. */
export { renderTemplate, renderText, type TemplateOptions } from '../../template/index.ts';
