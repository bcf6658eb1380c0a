/**
 * True for a path in a folder whose name says that its YAML is for tests, for reading, for tools, or a part
 * of something else: that nothing deploys it is no news.
 */
export function isMaterial(path: string): boolean {
  return path.split('/').some((part) => material.test(part));
}

const material =
  /^(?:\..+|tests?|e2e|testdata|fixtures?|mocks?|examples?|samples?|demos?|templates?|skeletons?|components?|docs?|scripts?|hack|ci|tools?|tasks?|archived?|deprecated|disabled|unused|old|wip)$/i;
