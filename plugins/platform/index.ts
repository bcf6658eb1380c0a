/** A repository → its platform: configuration, sources, rendering and model, each asked in its turn. */

export { type InstalledArgoCd, installedArgoCd } from './argo-cd-engines.ts';
export { holdsNothing } from './holds-nothing.ts';
export { type LoadOptions, loadPlatform } from './load.ts';
export { isMaterial } from './material.ts';
export { unreadAround } from './settle-routes.ts';
export type { Platform } from './types.ts';
export { type Making, makingsOf, undeployedFolders } from './undeployed-folders.ts';
export { chartsOfNobody } from './unread/nobodys-charts.ts';
export { setsOver } from './unread/set-folders.ts';
export type { UnreadPart } from './unread/unread-part.ts';
export { unreadParts } from './unread/unread-parts.ts';
export { unrenderedOver } from './unread/unrendered-over.ts';
export { mayBeUnread, mayHold, unreadWords } from './unread/unseen.ts';
export { controllerNamespaces, isBuiltIn, isOfKind, unreadIn, whyUnseen } from './unread/why-unseen.ts';
