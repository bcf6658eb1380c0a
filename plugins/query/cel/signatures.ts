/**
 * Every function and method that an expression may call. The engine knows which there are; what they are for
 * is said here, and a test holds the two together.
 */
export const signatures: Signature[] = [
  group('Look up', [
    one(
      'resource',
      ['resource(text)'],
      'the resource of that reference',
      "resource('Namespace/observability').wave",
    ),
    one(
      'application',
      ['application(text)'],
      'the application of that name',
      "application('obs-loki').namespace",
    ),
    one(
      'kustomization',
      ['kustomization(text)'],
      'the Kustomization of Flux of that name',
      "kustomization('apps').dependsOn.size()",
    ),
    one(
      'helmrelease',
      ['helmrelease(text)'],
      'the HelmRelease of that name',
      "helmrelease('api').releaseName",
    ),
    one(
      'project',
      ['project(text)'],
      'the AppProject of that name',
      "project('backstage').destinations.size()",
    ),
    one(
      'applicationset',
      ['applicationset(text)'],
      'the ApplicationSet of that name',
      "applicationset('backstage').applications.size()",
    ),
    one(
      'policy',
      ['policy(text)'],
      'the first rule of the policy of that name',
      "policy('add-default-labels').type",
    ),
    one('stack', ['stack(text)'], 'the stack of that name', "stack('backstage').path"),
  ]),
  group('Text', [
    one(
      'glob',
      ['glob(text, text)'],
      'the whole text fits the pattern: `*` within a folder, `**` across',
      "glob('K8s/a/b.yaml', 'K8s/**/*.yaml')",
      'true',
    ),
    one(
      'matches',
      ['text.matches(text)'],
      'some part fits the regular expression (RE2)',
      "'v1beta1'.matches('^v[0-9]+$')",
      'false',
    ),
    one('startsWith', ['text.startsWith(text)'], '', "'obs-loki'.startsWith('obs-')", 'true'),
    one('endsWith', ['text.endsWith(text)'], '', "'app.yaml'.endsWith('.yml')", 'false'),
    one('contains', ['text.contains(text)'], '', "'obs-loki'.contains('lok')", 'true'),
    one(
      'split',
      ['text.split(text)', 'text.split(text, number)'],
      'at most so many parts',
      "'a/b/c'.split('/')[1]",
      '"b"',
    ),
    one(
      'join',
      ['list.join()', 'list.join(text)'],
      'of texts, with the text between',
      "['a', 'b'].join(', ')",
      '"a, b"',
    ),
    one(
      'substring',
      ['text.substring(number)', 'text.substring(number, number)'],
      'from, and to',
      "'obs-loki'.substring(4)",
      '"loki"',
    ),
    one(
      'indexOf',
      ['text.indexOf(text)', 'text.indexOf(text, number)'],
      'first place, -1 for none',
      "'a/b/c'.indexOf('/')",
      '1',
    ),
    one(
      'lastIndexOf',
      ['text.lastIndexOf(text)', 'text.lastIndexOf(text, number)'],
      'last place, -1 for none',
      "'a/b/c'.lastIndexOf('/')",
      '3',
    ),
    one('trim', ['text.trim()'], 'without blanks around', "' a '.trim()", '"a"'),
    one('lowerAscii', ['text.lowerAscii()'], 'in small letters', "'Loki'.lowerAscii()", '"loki"'),
    one('upperAscii', ['text.upperAscii()'], 'in capitals', "'Loki'.upperAscii()", '"LOKI"'),
  ]),
  group('Lists and maps', [
    one(
      'size',
      ['size(list)', 'list.size()', 'map.size()', 'text.size()'],
      'how many',
      '[1, 2, 3].size()',
      '3',
    ),
    one('all', ['list.all(x, test)', 'map.all(key, test)'], 'true of each', '[1, 2].all(n, n > 0)', 'true'),
    one(
      'exists',
      ['list.exists(x, test)', 'map.exists(key, test)'],
      'true of at least one',
      '[1, 2].exists(n, n > 1)',
      'true',
    ),
    one(
      'exists_one',
      ['list.exists_one(x, test)'],
      'true of exactly one',
      '[1, 2].exists_one(n, n > 0)',
      'false',
    ),
    one(
      'filter',
      ['list.filter(x, test)'],
      'those of which it is true',
      '[1, 2, 3].filter(n, n > 1)',
      '[2,3]',
    ),
    one(
      'map',
      ['list.map(x, value)', 'list.map(x, test, value)'],
      'a value for each',
      '[1, 2].map(n, n * 10)',
      '[10,20]',
    ),
  ]),
  group('What may be absent', [
    one(
      'has',
      ['has(map.key)'],
      "the key is there; for other keys write `'a/b' in map`",
      'resources.all(r, has(r.kind))',
      'true',
    ),
    one('orValue', ['optional.orValue(value)'], 'what stands in for it', "{'a': 1}.?b.orValue(0)", '0'),
    one(
      'or',
      ['optional.or(optional)'],
      'the first that is there',
      "{'a': 1}.?b.or({'a': 1}.?a).value()",
      '1',
    ),
    one('hasValue', ['optional.hasValue()'], '', "{'a': 1}.?a.hasValue()", 'true'),
    one('value', ['optional.value()'], 'an error where it is absent', "{'a': 1}.?a.value()", '1'),
    one('of', ['optional.of(value)'], 'one that is there', 'optional.of(1).value()', '1'),
    one('none', ['optional.none()'], 'one that is absent', 'optional.none().orValue(2)', '2'),
    one(
      'bind',
      ['cel.bind(x, value, expression)'],
      'gives a value a name',
      'cel.bind(n, 2 + 3, n * n)',
      '25',
    ),
  ]),
  group('Types', [
    one('int', ['int(value)'], 'a whole number', "int('7') + 1", '8'),
    one('uint', ['uint(value)'], 'a whole number that is not negative', 'uint(7) == 7u', 'true'),
    one('double', ['double(value)'], 'a decimal number', "double('1.5') * 2.0", '3'),
    one('string', ['string(value)'], 'as text', 'string(7)', '"7"'),
    one('bool', ['bool(text)'], "`'true'` or `'false'`", "bool('true')", 'true'),
    one('bytes', ['bytes(text)'], 'in UTF-8', "bytes('é').size()", '2'),
    one('type', ['type(value)'], '', 'type(1) == int', 'true'),
    one('dyn', ['dyn(value)'], 'leaves the check of types to the values', "dyn('a') == dyn(1)", 'false'),
    one('hex', ['bytes.hex()'], '', "bytes('a').hex()", '"61"'),
    one('base64', ['bytes.base64()'], '', "bytes('a').base64()", '"YQ=="'),
    one('json', ['bytes.json()'], 'what the JSON says', 'bytes(\'{"a": 1}\').json().a', '1'),
    one('at', ['bytes.at(number)'], 'one byte', "bytes('a').at(0)", '97'),
  ]),
  group('Time', [
    one(
      'timestamp',
      ['timestamp(text)', 'timestamp(number)'],
      'ISO 8601, or seconds since 1970',
      "timestamp('2026-01-02T03:04:05Z') > timestamp(0)",
      'true',
    ),
    one('duration', ['duration(text)'], 'such as `1h30m`', "duration('1h30m') > duration('89m')", 'true'),
    ...(
      [
        ['getFullYear', 'year', '2026'],
        ['getMonth', 'month, from 0', '0'],
        ['getDate', 'day of the month, from 1', '2'],
        ['getDayOfMonth', 'day of the month, from 0', '1'],
        ['getDayOfWeek', 'day of the week, Sunday is 0', '5'],
        ['getDayOfYear', 'day of the year, from 0', '1'],
      ] as const
    ).map(([name, says, value]) =>
      one(
        name,
        [`timestamp.${name}()`, `timestamp.${name}(zone)`],
        says,
        `timestamp('2026-01-02T03:04:05Z').${name}()`,
        value,
      ),
    ),
    ...(
      [
        ['getHours', 'hours', '3'],
        ['getMinutes', 'minutes', '4'],
        ['getSeconds', 'seconds', '5'],
        ['getMilliseconds', 'milliseconds', '0'],
      ] as const
    ).map(([name, says, value]) =>
      one(
        name,
        [`timestamp.${name}()`, `timestamp.${name}(zone)`, `duration.${name}()`],
        says,
        `timestamp('2026-01-02T03:04:05Z').${name}()`,
        value,
      ),
    ),
  ]),
].flat();

/** How a function is written, with a receiver or without. */
export function formsOf(name: string): string[] {
  return signatures.find((signature) => signature.name === name)?.forms ?? [];
}

function group(title: string, signatures: Omit<Signature, 'group'>[]): Signature[] {
  return signatures.map((signature) => ({ group: title, ...signature }));
}

function one(
  name: string,
  forms: string[],
  says: string,
  example: string,
  gives: string | null = null,
): Omit<Signature, 'group'> {
  return { name, forms, says, example, gives };
}

export interface Signature {
  group: string;
  name: string;
  /** Ways to call it, with the types of what it takes. */
  forms: string[];
  /** What it gives, as a phrase of Markdown; empty where its name says it. */
  says: string;
  example: string;
  /** What the example gives, as JSON; null where that depends on the platform. */
  gives: string | null;
}
