/**
 * Functions whose value depends on the clock, on chance or on a machine: they exist, and what they give
 * cannot be known from a repository.
 */
import { UnknownValueError } from '../go/errors.ts';
import { type FunctionTable, variadic } from '../go/functions.ts';

const clock = ['now', 'ago'];
const chance = [
  'randAlphaNum',
  'randAlpha',
  'randAscii',
  'randNumeric',
  'randBytes',
  'randInt',
  'shuffle',
  'uuidv4',
  'bcrypt',
  'htpasswd',
  'encryptAES',
];
const keys = [
  'genPrivateKey',
  'genCA',
  'genCAWithKey',
  'genSelfSignedCert',
  'genSelfSignedCertWithKey',
  'genSignedCert',
  'genSignedCertWithKey',
  'buildCustomCert',
  'derivePassword',
  'decryptAES',
];

export const unknowable: FunctionTable = Object.fromEntries([
  ...clock.map((name) => [name, refuse(name, 'depends on the clock')] as const),
  ...chance.map((name) => [name, refuse(name, 'gives another value each time')] as const),
  ...keys.map((name) => [name, refuse(name, 'makes keys')] as const),
]);

function refuse(name: string, why: string): FunctionTable[string] {
  return variadic([], 'any', () => {
    throw new UnknownValueError(`the template uses \`${name}\`, which ${why} and is not evaluated`);
  });
}
