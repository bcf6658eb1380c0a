import type { Ways } from '../ways.ts';

const named = (...names: string[]): Ways =>
  Object.fromEntries(names.map((name) => [`a file ${name}`, { [name]: `password = N\ntoken: "N"\n` }]));

/** Files that hold keys or passwords by their name alone. */
export const files: Ways = {
  ...named(
    'id_rsa',
    'id_ed25519',
    'q.pem',
    'q.key',
    'q.p12',
    'kubeconfig',
    'q.kubeconfig',
    '.env',
    '.env.production',
    'q.env',
    'q.tfvars',
    'q.auto.tfvars.json',
    'terraform.tfstate',
    'terraform.tfstate.backup',
    '.netrc',
    '.pgpass',
    '.htpasswd',
    '.dockerconfigjson',
    '.npmrc',
    '.pypirc',
    '.git-credentials',
    '.aws/credentials',
    '.docker/config.json',
    '.vault-token',
  ),
};
