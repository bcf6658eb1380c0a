/**
 * The template languages: of ApplicationSets fasttemplate, and Go's text/template with sprig's functions; of
 * Flux's substitutions envsubst. Imports only `source`; knows nothing of generators.
 */

export { EnvsubstError } from './envsubst/parse.ts';
export { substituteVariables } from './envsubst/substitute-variables.ts';
export { templateWork } from './go/budget.ts';
export { TemplateError } from './go/errors.ts';
export type { Command, Node, Operand, Pipeline, Template } from './go/nodes.ts';
export { parseTemplate } from './go/parse.ts';
export { applyTemplatePatch, mergeGeneratorTemplate } from './patch.ts';
export {
  type NotRendered,
  type Rendering,
  renderTemplate,
  renderText,
  type TemplateOptions,
} from './render-template.ts';
export { normalizeName } from './safe-names.ts';
export { readYaml } from './yaml-read.ts';
export { writeYaml } from './yaml-write.ts';
