/** What rendering gives, and names as Argo CD makes them safe: the room `template`. */
export { normalizeName, type Rendering } from '../../template/index.ts';
