import { expect, test } from 'vitest';
import { isAddressField, withoutLogin } from '../../plugins/source/address-logins.ts';

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
