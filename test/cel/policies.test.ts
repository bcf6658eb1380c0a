/**
 * Expressions of admission policies: what Kubernetes' and Kyverno's libraries give, and what is not known.
 */
import { describe, expect, test } from 'vitest';
import { fromJson, policyExpression, policyValue, Unknown } from '../../plugins/cel/index.ts';

const object = fromJson({
  port: 'http',
  list: [1, 'a'],
  none: { key: null },
  containers: [{ image: 'nginx:1' }],
  size: 1.5,
});

function resultOf(expression: string) {
  return policyExpression(expression).evaluate((name) => {
    if (name === 'object') return object;
    return name === 'unknown' ? new Unknown('what only a cluster knows') : undefined;
  });
}

function given(expression: string): unknown {
  const result = resultOf(expression);
  return result.status === 'value' ? policyValue(result.value) : result;
}

describe('values', () => {
  test.each<[string, unknown]>([
    // Of another type it is not the same, and no error.
    ['object.port == 80', false],
    ["'a' in object.list", true],
    ['object.none.key == null', true],
    ['object.size > 1', true],
    // What the engine itself refuses, and cel-go takes.
    ['has(object.containers[0].image)', true],
    ['has(object.containers[0].nope)', false],
    ["object.port.orValue('x')", 'http'],
    ["object.?nope.orValue('x')", 'x'],
    ["object.?port.optMap(port, port + 's').orValue('')", 'https'],
    ['optional.of(1).optFlatMap(one, optional.none()).hasValue()', false],
    ["optional.ofNonZeroValue('').hasValue()", false],
    ['object.?none.?key == optional.none()', false],
  ])('%s', (expression, value) => {
    expect(given(expression)).toEqual(value);
  });
});

describe('libraries', () => {
  test.each<[string, unknown]>([
    ["quantity('1Gi').isLessThan(quantity('2G'))", true],
    ["quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')", true],
    ["quantity('1500m').isInteger()", false],
    ["quantity('50k').asInteger()", 50_000],
    ["quantity('200M').compareTo(quantity('0.2G'))", 0],
    ["isQuantity('200K')", false],
    ["ip('10.0.0.1').family()", 4],
    ["isIP('::ffff:1.2.3.4')", false],
    ["isIP('127.0.0.01')", false],
    ["ip.isCanonical('2001:DB8::ABCD')", false],
    ["string(ip('2001:db8:0:0:1:0:0:1'))", '2001:db8::1:0:0:1'],
    ["ip('fe80::1').isLinkLocalUnicast()", true],
    ["ip('255.255.255.255').isGlobalUnicast()", false],
    ["cidr('192.168.0.0/16').containsCIDR('192.168.10.0/24')", true],
    ["cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))", false],
    ["cidr('192.168.0.1/24') == cidr('192.168.0.1/24').masked()", false],
    ["isCIDR('10.0.0.0/33')", false],
    ["url('https://user:pass@example.com:80/a b?k=1&k=2').getEscapedPath()", '/a%20b'],
    ["url('https://[::1]:80/').getHostname()", '::1'],
    ["url('https://example.com/?k=1&k=2').getQuery()['k'].size()", 2],
    ["isURL('../relative')", false],
    ["semver('1.10.0').isGreaterThan(semver('1.9.0'))", true],
    ["isSemver('v1.0')", false],
    ["semver('v01.1', true).minor()", 1],
    ["format.dns1123Label().validate('my-name').hasValue()", false],
    ["format.named('uuid').value().validate('x').hasValue()", true],
    ["format.named('nope').hasValue()", false],
    ["'abc 123 4'.findAll('[0-9]+', 1)", ['123']],
    ["'x'.matches('(?i)X')", true],
    ["matches('v1.5.0', 'v1.[0-5].\\\\d+') && !matches(dyn('v2'), 'v1')", true],
    ["regex.replace('a1b2', '([0-9])', '<\\\\1>')", 'a<1>b<2>'],
    ["regex.extract('v12', 'v([0-9]+)').value()", '12'],
    ['[3, 1, 2].sort()', [1, 2, 3]],
    ['[1, 2].sum() + [3, 1].min()', 4],
    ['[1, 2, 2].distinct().size()', 2],
    ['sets.equivalent([1, 2], [2, 1, 1])', true],
    ['sets.intersects([1], [2])', false],
    ['math.greatest([1, 3, 2])', 3],
    ['math.round(2.346, 2)', 2.35],
    ["'%s has %d of %.1f, %x'.format([['a'], 3, 2.26, 255])", '[a] has 3 of 2.3, ff'],
    ["'a-b-c'.replace('-', '', 1)", 'ab-c'],
    ["base64.decode('YQ==') == b'a'", true],
    ["image('nginx').repository() + ' ' + image('nginx').tag()", 'library/nginx latest'],
    ["image('ghcr.io/a/b:1').registry()", 'ghcr.io'],
    ["isImage('A B')", false],
    ["hash.md5('a')", '0cc175b9c0f1b6a831c399e269772661'],
    ['json.unmarshal(\'{"a": [1]}\').a[0]', 1],
    ["yaml.parse('a: 1').a", 1],
    ["user.parseServiceAccount('system:serviceaccount:team:bot').Name", 'bot'],
    ["transform.listObjToMap([{'n': 'a'}], [{'v': 1}], 'n', 'v').a", 1],
  ])('%s', (expression, value) => {
    expect(given(expression)).toEqual(value);
  });
});

describe('what is not known', () => {
  test.each([
    "resource.Get('v1', 'configmaps', 'a', 'b').data",
    'time.now()',
    'unknown && true',
    'unknown.x == 1',
    'object.nope || unknown',
  ])('leaves %s open', (expression) => {
    expect(resultOf(expression).status).toBe('unknown');
  });
  test.each<[string, boolean]>([
    ['unknown || true', true],
    ['false && unknown', false],
    ['[1, 2].exists(one, one == 2 || unknown)', true],
  ])('does not matter to %s', (expression, value) => {
    expect(given(expression)).toBe(value);
  });
  test.each([
    "{'a': 1}.all(k, v, v > 0)",
    '[1, 2].transformList(i, v, v + i) == [1, 3]',
    '[3, 1].sortBy(one, one) == [1, 3]',
    '!math.isNaN(1.0) && math.bitAnd(3, 1) == 1',
  ])('what cel-go evaluates and the engine does not is no error: %s', (expression) => {
    expect(policyExpression(expression).fault).toBeNull();
    expect(resultOf(expression).status).toBe('unknown');
    expect(resultOf('[1].all(one, one.nope())').status).toBe('error');
  });
  test('and neither is what takes too much work', () => {
    const much = 'lists.range(300).all(a, lists.range(300).all(b, lists.range(300).all(c, a + b + c >= 0)))';
    expect(resultOf(much).status).toBe('unknown');
    // Their product is more than 32 bits hold.
    expect(resultOf('lists.range(60000).distinct().size() > 0').status).toBe('unknown');
    expect(resultOf(`'${'a'.repeat(200)}'.matches('(a|a)*(b|c){1000}')`).status).not.toBe('value');
  });
});

test('errors speak of the names as they are written', () => {
  expect(resultOf('nope.x')).toEqual({ status: 'error', message: 'Unknown variable: nope' });
  expect(resultOf('object.nope')).toMatchObject({ status: 'error' });
  expect(policyExpression('1 +').fault).not.toBeNull();
});
