import { describe, expect, it } from 'vitest';
import { ofType, statementsOf, wordsAt } from '../engine/pages.ts';

const commandsIn = (page: string) => ofType(statementsOf(page), 'command');
/** Each command as one line; a word that says nothing certain stands in brackets. */
const linesIn = (page: string) =>
  commandsIn(page).map(({ program, words }) =>
    [program, ...words.map(({ text, open }) => (open ? `[${text}]` : text))].join(' '),
  );
const fence = (text: string, language = 'sh') => `\`\`\`${language}\n${text}\n\`\`\`\n`;

describe('the commands of a fence', () => {
  it.each([
    ['pipes', 'kubectl get po | grep x | xargs kubectl delete po', ['kubectl get po', 'kubectl delete po']],
    [
      'and, or',
      'helm lint a && kubectl get ns || argocd app list',
      ['helm lint a', 'kubectl get ns', 'argocd app list'],
    ],
    ['a substitution', 'echo "$(kubectl get po -o name)"', ['kubectl get po -o name']],
    ['a loop', 'for i in a b; do kubectl get ns "$i"; done', ['kubectl get ns [$i]']],
    ['a condition', 'if kubectl get ns a; then\n  echo yes\nfi', ['kubectl get ns a']],
    ['a continuation', 'kubectl get \\\n  -n shop \\\n  deploy/cart', ['kubectl get -n shop deploy/cart']],
    ['quotes', `kubectl get 'ns' "shop"`, ['kubectl get ns shop']],
    ['a comment', '# kubectl get a\nkubectl get b # kubectl get c', ['kubectl get b']],
    [
      'a here-document',
      'kubectl apply -f - <<EOF\nkind: kubectl get x\nEOF\nkubectl get y',
      ['kubectl apply -f -', 'kubectl get y'],
    ],
    ['an environment', 'KUBECONFIG=x HELM=1 kubectl get ns', ['kubectl get ns']],
    ['sudo', 'sudo -E kubectl get ns', ['kubectl get ns']],
    ['watch', 'watch -n 2 kubectl get ns', ['kubectl get ns']],
    ['time', 'time kubectl get ns', ['kubectl get ns']],
    ['a path to the program', '/usr/local/bin/kubectl get ns', ['kubectl get ns']],
    ['others', 'git clone kubectl\necho kubectl get ns', []],
    [
      'a gap',
      'kubectl -n <your namespace> get pod/<name> {{ x }} …',
      ['kubectl -n [<your namespace>] get [pod/<name>] [{{ x }}] […]'],
    ],
    ['a redirection', 'kubectl get ns <in >out', ['kubectl get ns']],
    [
      'an expansion',
      'kubectl get ns $A ${B} x-$C {a,b} *.yaml',
      ['kubectl get ns [$A] [${B}] [x-$C] [{a,b}] [*.yaml]'],
    ],
    ['what does not parse', 'kubectl get ns "open', []],
    ['half a script', 'if true; then kubectl get ns a', []],
  ])('%s', (_name, text, expected) => {
    expect(linesIn(fence(text))).toEqual(expected);
  });

  it.each(['sh', 'bash', 'shell', 'zsh', 'console', 'shellsession', 'SH'])('in %s', (language) => {
    expect(linesIn(fence('kubectl get ns', language))).toEqual(['kubectl get ns']);
  });

  it.each([
    ['$ kubectl get ns\nNAME  x', ['kubectl get ns']],
    ['kubectl get ns\n', ['kubectl get ns']],
    ['NAME kubectl\nkubectl get ns', []],
    ['kubectlx get ns', []],
  ])('of a fence without a language that begins with one: %j', (text, expected) => {
    expect(linesIn(fence(text, ''))).toEqual(expected);
  });

  it.each(['yaml', 'text', 'python'])('not in a fence of "%s"', (language) => {
    expect(linesIn(fence('kubectl get ns', language))).toEqual([]);
  });

  it('of a transcript without what they print', () => {
    const transcript =
      '$ kubectl get ns \\\n>   shop\nkubectl is what it prints\nNAME  "STATUS\nroot@host:~# kubectl get po\n$ helm lint a |\n  grep x';
    expect(linesIn(fence(transcript, 'console'))).toEqual(['kubectl get ns shop', 'helm lint a']);
    expect(linesIn(fence('$ kubectl get ns\nNAME "x', 'sh'))).toEqual(['kubectl get ns']);
  });
});

describe('the place of a word', () => {
  it.each([
    ['plain', '```sh\nkubectl -n shop get "deploy"\n```\n'],
    ['in a list', '- item\n\n  ```sh\n  kubectl -n shop get "deploy"\n  ```\n'],
    ['in a quote in a list', '1. > ```sh\n   > kubectl -n shop get "deploy"\n   > ```\n'],
    ['with CRLF', '```sh\r\n# first\r\nkubectl -n shop \\\r\n  get "deploy"\r\n```\r\n'],
    ['behind wide characters', '```sh\necho 🎉🎉; kubectl -n shop get "deploy"\n```\n'],
    ['behind a prompt', '```console\n$ kubectl -n shop get "deploy"\nno output\n```\n'],
    ['in a substitution', '```sh\necho "$(kubectl -n shop get "deploy")"\n```\n'],
  ])('%s', (_name, page) => {
    const [command] = commandsIn(page);
    const words = command?.words.map(({ place }) => wordsAt(page, place));
    expect(words).toEqual(['-n', 'shop', 'get', 'deploy']);
    expect(command && wordsAt(page, command.place)).toMatch(/^kubectl -n shop/);
  });
});
