import type { Proposal } from './proposal.ts';

const workloads = "written && kind in ['Deployment', 'StatefulSet', 'DaemonSet']";
const containers = 'spec.?template.?spec.?containers.orValue([])';

/** Who may do what, and where secrets come from. The most telling first. */
export const access: Proposal[] = [
  {
    topic: 'secrets',
    of: "written && source in ['file', 'kustomize']",
    least: 10,
    none: "kind == 'Secret'",
    says: (but) => `No Secret${but} stands in Git`,
  },
  {
    topic: 'secrets',
    of: "written && kind == 'Secret' && source in ['file', 'kustomize']",
    all: "file.matches('[.](sops|enc)[.]ya?ml$')",
    says: (but) => `Every Secret${but} that stands in Git is in a file that is named as encrypted`,
  },
  {
    topic: 'store',
    over: 'secret',
    of: 'written',
    read: 'store.name',
    test: (name) => `store.name == '${name}'`,
    says: (but, name) => `Every ExternalSecret${but} reads the store \`${name}\``,
  },
  {
    topic: 'policies',
    over: 'policy',
    of: "written && type == 'validate'",
    read: "action == null ? '' : action",
    test: (action) => `action == '${action}'`,
    says: (but, action) => `Every validating rule${but} is set to \`${action}\``,
  },
  {
    topic: 'cluster-admin',
    of: "written && kind == 'ClusterRoleBinding'",
    none: "roleRef.?name.orValue('') == 'cluster-admin'",
    says: (but) => `No ClusterRoleBinding${but} grants \`cluster-admin\``,
  },
  {
    topic: 'root',
    of: workloads,
    all: `spec.?template.?spec.?securityContext.?runAsNonRoot.orValue(false) || (${containers}.size() > 0 && ${containers}.all(c, c.?securityContext.?runAsNonRoot.orValue(false)))`,
    says: (but) => `No Deployment, StatefulSet or DaemonSet${but} runs as root`,
  },
  {
    topic: 'privileged',
    of: workloads,
    least: 3,
    none: `${containers}.exists(c, c.?securityContext.?privileged.orValue(false))`,
    says: (but) => `No Deployment, StatefulSet or DaemonSet${but} runs privileged`,
  },
  {
    topic: 'pod-security',
    of: "written && kind == 'Namespace'",
    all: "'pod-security.kubernetes.io/enforce' in labels",
    says: (but) => `Every Namespace${but} says which Pod Security Standard it enforces`,
  },
  {
    topic: 'images',
    of: workloads,
    all: `${containers}.all(c, c.?image.orValue('').matches('[:@][^/]+$') && !c.?image.orValue('').endsWith(':latest'))`,
    says: (but) => `Every Deployment, StatefulSet and DaemonSet${but} names the version of its images`,
  },
  {
    topic: 'limits',
    of: workloads,
    all: `${containers}.all(c, c.?resources.?limits.?memory.hasValue())`,
    says: (but) => `Every Deployment, StatefulSet and DaemonSet${but} limits the memory of its containers`,
  },
  {
    topic: 'default-namespace',
    of: 'written && namespace != null',
    least: 10,
    none: "namespace == 'default'",
    says: (but) => `Nothing${but} goes into the namespace default`,
  },
];
