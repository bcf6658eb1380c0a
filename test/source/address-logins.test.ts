import { expect, test } from 'vitest';
import {
  isAddressField,
  loginWords,
  withoutLogin,
  withoutLogins,
} from '../../plugins/source/address-logins.ts';

const token = 'ghp_0123456789abcdefghij';

test.each([
  ['https://joe:secret@git.example.com/a.git', 'https://•••@git.example.com/a.git'],
  [`https://${token}@git.example.com/a`, 'https://•••@git.example.com/a'],
  [`https://${token}:x-oauth-basic@git.example.com/a`, 'https://•••@git.example.com/a'],
  [`!git::https://${token}@git.example.com/a//b?ref=v1`, '!git::https://•••@git.example.com/a//b?ref=v1'],
  ['ssh://git:secret@git.example.com/a.git', 'ssh://git:•••@git.example.com/a.git'],
  [
    'https://x.example.com/a.yaml?ref=v1&private_token=abc&X-Amz-Signature=d#e',
    'https://x.example.com/a.yaml?ref=v1&private_token=•••&X-Amz-Signature=•••#e',
  ],
])('a login in %s is hidden, and nothing else', (address, shown) => {
  expect(withoutLogin(address)).toBe(shown);
  expect(withoutLogin(shown)).toBe(shown);
});

test.each([
  'https://git.example.com/a.git',
  'https://organisation@dev.azure.com/organisation/project/_git/a',
  'ssh://git@git.example.com/a.git',
  'git@git.example.com:a/b.git',
  'https://oauth2:${TOKEN}@git.example.com/a.git',
  'https://<token>@git.example.com/a.git',
  'https://git.example.com/a.yaml?token={{ .Values.token }}&ref=v1',
  'https://git.example.com/a/user:name@v1',
])('%s has none', (address) => {
  expect(withoutLogin(address)).toBe(address);
});

test('fields name where something comes from by themselves, or by the list that they stand in', () => {
  expect(isAddressField(['spec', 'source', 'repoURL'])).toBe(true);
  expect(isAddressField(['spec', 'sourceRepos', 3])).toBe(true);
  expect(isAddressField(['data', 'DATABASE'])).toBe(false);
});

test('an operation names its field by a pointer', () => {
  const value = (path: string) => isAddressField(['patches', 0, 'value'], { op: 'replace', path });
  expect(['/spec/source/repoURL', '/spec/sourceRepos/-', '/spec/path'].map(value)).toEqual([
    true,
    true,
    false,
  ]);
});

test('in a text that is a value logins are hidden in every field, and nothing else', () => {
  const text = [
    `- {op: replace, path: /spec/source/repoURL, value: https://joe:se,cret@git.example.com/a.git}`,
    `repoURL: "https://${token}@git.example.com/a", # and ssh://git:secret@git.example.com/a.git`,
    `urls: [https://x.example.com/a?token=abc, 'https://x.example.com/b?ref=v1&sig=d#e']`,
    'git clone https://$USER:$PASSWORD@git.example.com/a https://x:${TOKEN}@git.example.com/b',
    'database: postgres://joe:secret@db.example.com/a',
    'mail: joe@example.com, https://git.example.com/@joe:1, https://<token>@git.example.com/a',
    '{{ printf "https://%s:%s@git" .Values.user .Values.password }}',
    '',
  ].join('\n');
  const shown = text
    .replace('joe:se,cret', '•••')
    .replace(token, '•••')
    .replace('git:secret', 'git:•••')
    .replace('abc', '•••')
    .replace('sig=d', 'sig=•••');
  expect(withoutLogins(text)).toBe(shown);
  expect(withoutLogins(shown)).toBe(shown);
  expect(loginWords(text)).toEqual(['joe:se,cret', token, 'secret', 'abc', 'd']);
  // A megabyte of letters with nothing in it is looked at once.
  const long = `${'a'.repeat(2 ** 20)}://${'a:'.repeat(2 ** 19)}`;
  expect(withoutLogins(long)).toBe(long);
});
