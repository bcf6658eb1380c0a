/**
 * The two template languages of ApplicationSets: fasttemplate, and Go's text/template with sprig's functions.
 * Imports only `source`; knows nothing of generators.
 */

export { templateWork } from './go/budget.ts';
export { applyTemplatePatch, mergeGeneratorTemplate } from './patch.ts';
export { type Rendering, renderTemplate, renderText, type TemplateOptions } from './render-template.ts';
export { normalizeName } from './safe-names.ts';
export { readYaml } from './yaml-read.ts';
