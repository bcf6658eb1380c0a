import type { Rule } from '../types.ts';

export const eventRouteDead = {
  name: 'event-route-dead',
  about: 'manifests',
  severity: 'error',
  title: 'a sensor waits for an event that no source gives',
  explain: `A sensor names an event source and one of its events. Where either is missing the trigger never fires, and nothing says so in the cluster. The same holds for a trigger whose \`conditions\` name what is no dependency of its sensor.`,
  failing: `==> K8s/web/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: git
spec:
  webhook:
    pushes: {port: "12000", endpoint: /push, method: POST}
==> K8s/web/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: on-push
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
  triggers:
    - template:
        name: tell
        log: {}
`,
  mended: `==> K8s/web/source.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata:
  name: git
spec:
  webhook:
    push: {port: "12000", endpoint: /push, method: POST}
==> K8s/web/sensor.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata:
  name: on-push
spec:
  dependencies:
    - {name: pushed, eventSourceName: git, eventName: push}
  triggers:
    - template:
        name: tell
        log: {}
`,
} as const satisfies Rule;
