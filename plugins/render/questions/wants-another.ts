/** True for what Helm says of a chart whose `kubeVersion` does not fit the Kubernetes that it knows. */
export function isForAnother(message: string): boolean {
  return message.includes('incompatible with Kubernetes');
}

/** Why that is not known to be a fault, where nobody says which Kubernetes the clusters run. */
export function wantsAnother(message: string): string {
  const [said = message] = /chart requires[^;]*/.exec(message) ?? [];
  return `Helm says: ${said.trim()}; \`kubernetes\` in \`plumbline.yaml\` says which one the clusters run`;
}
