import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A repository of `applications × each` manifests: one kustomization an application, its files deployments,
 * services and settings.
 */
export function generateManifests(root: string, applications: number, each: number): string {
  for (let a = 0; a < applications; a++) {
    const folder = join(root, 'K8s', `stack-${a % 10}`, `application-${a}`);
    mkdirSync(folder, { recursive: true });
    const files = Array.from({ length: each }, (_, index) => {
      const file = `${index}.yaml`;
      writeFileSync(join(folder, file), manifest(`item-${index}`, `namespace-${a}`, index));
      return file;
    });
    const list = files.map((file) => `  - ${file}\n`).join('');
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${list}`,
    );
  }
  return root;
}

function manifest(name: string, namespace: string, index: number): string {
  const metadata = `metadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app.kubernetes.io/name: ${name}\n  annotations:\n    argocd.argoproj.io/sync-wave: "${(index % 5) - 2}"\n`;
  if (index % 3 === 0) {
    return `apiVersion: apps/v1\nkind: Deployment\n${metadata}spec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n        - name: main\n          image: registry.example.com/${name}:1.0.0\n          resources:\n            limits:\n              cpu: 100m\n              memory: 64Mi\n`;
  }
  if (index % 3 === 1) {
    return `apiVersion: v1\nkind: Service\n${metadata}spec:\n  selector:\n    app: ${name}\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n`;
  }
  return `apiVersion: v1\nkind: ConfigMap\n${metadata}data:\n  level: info\n  address: http://${name}.${namespace}.svc\n`;
}

/** What no reader of the files can do without: every file read and hashed. */
export function readAndHash(root: string): number {
  let count = 0;
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name);
    if (!statSync(path).isFile()) continue;
    createHash('sha256').update(readFileSync(path)).digest('hex');
    count += 1;
  }
  return count;
}
