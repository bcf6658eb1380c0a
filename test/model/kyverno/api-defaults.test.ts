import { expect, it } from 'vitest';
import { withApiDefaults } from '../../../plugins/model/kyverno/evaluate/api-defaults.ts';

it('fills in what the API server would, and keeps what is written', () => {
  const deployment = {
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          hostNetwork: true,
          containers: [
            {
              name: 'web',
              image: 'web',
              ports: [{ containerPort: 80 }],
              readinessProbe: { httpGet: { port: 80 } },
            },
            { name: 'side', image: 'a.example/side:1', resources: { limits: { cpu: '1' } } },
          ],
          volumes: [{ name: 'scratch' }, { name: 'keys', secret: { secretName: 'keys' } }],
        },
      },
    },
  };
  expect(withApiDefaults(deployment, 'apps', 'Deployment')).toMatchObject({
    spec: {
      replicas: 1,
      template: {
        spec: {
          restartPolicy: 'Never',
          dnsPolicy: 'ClusterFirst',
          containers: [
            {
              imagePullPolicy: 'Always',
              resources: {},
              ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }],
              readinessProbe: { httpGet: { port: 80, path: '/' }, periodSeconds: 10 },
            },
            // Requests are made of limits in a Pod only, not in a template.
            { imagePullPolicy: 'IfNotPresent', resources: { limits: { cpu: '1' } } },
          ],
          volumes: [{ name: 'scratch', emptyDir: {} }, { secret: { defaultMode: 420 } }],
        },
      },
    },
  });
  const pod = { spec: { containers: [{ name: 'a', image: 'a', resources: { limits: { cpu: '1' } } }] } };
  expect(withApiDefaults(pod, '', 'Pod')).toMatchObject({
    spec: { containers: [{ resources: { requests: { cpu: '1' } } }] },
  });
  expect(withApiDefaults({ spec: { ports: [{ port: 80 }] } }, '', 'Service')).toMatchObject({
    spec: { type: 'ClusterIP', ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] },
  });
  const own = { spec: { type: 'none of these' } };
  expect(withApiDefaults(own, 'example.org', 'Service')).toBe(own);
});
