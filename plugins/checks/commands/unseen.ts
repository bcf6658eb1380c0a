export { controllerNamespaces, isOfKind, unreadIn, whyUnseen } from '../../platform/index.ts';
