import { describe, expect, test } from 'vitest';
import { createQuery, type QueryResult, type Subject } from '../../plugins/query/index.ts';
import { shareOfDay } from '../fuzz.ts';
import { application, platform, resource } from '../views/platform.ts';

const namespace = resource({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    labels: { owner: 'team-a' },
    annotations: { 'argocd.argoproj.io/sync-wave': '-2' },
  },
});
const deployment = resource(
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
    spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
  },
  { application: 'shop' },
);
const secret = resource({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: { name: 'key', namespace: 'shop' },
  data: { a: '' },
});
const shop = application('shop', { project: 'business' });
const query = createQuery(platform({ resources: [namespace, deployment, secret], applications: [shop] }));

describe('names of a row', () => {
  test.each([
    ["kind == 'Namespace'", ['Namespace/shop']],
    ['namespace == null', ['Namespace/shop']],
    ["namespace == 'shop'", ['Deployment.apps/shop/web', 'Secret/shop/key']],
    ["metadata.namespace == 'shop' // namespace", ['Deployment.apps/shop/web', 'Secret/shop/key']],
    ["name == 'namespace' || namespace in ['shop']", ['Deployment.apps/shop/web', 'Secret/shop/key']],
    ["!namespace.startsWith('kube')", ['Deployment.apps/shop/web', 'Namespace/shop', 'Secret/shop/key']],
    ["type == 'Opaque'", ['Secret/shop/key']],
    ["labels['app.kubernetes.io/name'] == 'web'", ['Deployment.apps/shop/web']],
    ['wave < 0', ['Namespace/shop']],
    ['wave == -2', ['Namespace/shop']],
    ['wave + 2 == 0', ['Namespace/shop']],
    ['wave in [-2, -1]', ['Namespace/shop']],
    ['waveSet', ['Namespace/shop']],
    ["glob(file, 'K8s/*.yaml') && kind != 'Secret'", ['Deployment.apps/shop/web', 'Namespace/shop']],
    ["glob(namespace, '**')", ['Deployment.apps/shop/web', 'Secret/shop/key']],
    ["name.matches('^we?b$')", ['Deployment.apps/shop/web']],
    ["application(application).project == 'business'", ['Deployment.apps/shop/web']],
    ["spec.template.spec.containers.exists(c, c.image.startsWith('web:'))", ['Deployment.apps/shop/web']],
    ['spec.?replicas.orValue(0) == 0', ['Namespace/shop', 'Secret/shop/key']],
    ['has(spec.replicas)', ['Deployment.apps/shop/web']],
    ['!has(spec.replicas)', ['Namespace/shop', 'Secret/shop/key']],
    ['false', []],
  ])('%s', (expression, ids) => {
    expect(idsOf(query.select(expression))).toEqual(ids);
  });

  test('an application is where it deploys to', () => {
    expect(query.value("application('shop').namespace")).toEqual({ ok: true, value: 'shop' });
    expect(query.value("application('shop').path")).toEqual({ ok: true, value: 'K8s/shop' });
  });
});

describe('a key that is not there', () => {
  test('leaves a row out of a selection', () => {
    expect(idsOf(query.select('spec.replicas > 1'))).toEqual(['Deployment.apps/shop/web']);
    expect(idsOf(query.select('!(spec.replicas > 1)'))).toEqual([]);
  });
  test('is an error where no row has it', () => {
    expect(failure(query.select('spec.replicsa > 1'))).toMatchObject({
      message: 'no resource has `spec.replicsa`',
      reason: 'absent',
      offset: 5,
      length: 8,
      candidates: ['replicas'],
    });
    expect(failure(query.select("kind == 'Secret' && labels.ownr == 'x'"))).toMatchObject({
      offset: 27,
      length: 4,
      candidates: ['owner'],
    });
  });
  test('is no error where the expression allows for it', () => {
    expect(idsOf(query.select('has(spec.nothing) && spec.nothing.x == 1'))).toEqual([]);
    expect(idsOf(query.select("labels.?nothing.orValue('none') == 'none'"))).toHaveLength(3);
  });
  test('is never true for one row', () => {
    for (const expression of [
      'spec.x == 1',
      'spec.x != 1',
      "status != 'bad'",
      'spec.all(x, true)',
      '!has(spec.a.b) || spec.a.b',
      'data.size() == 0',
    ]) {
      const result = query.test(expression, subject('Namespace/shop'));
      expect(result.ok && result.value, expression).toBe(false);
    }
    expect(
      failure(query.test('spec.template.metadata.x == 1', subject('Deployment.apps/shop/web'))),
    ).toMatchObject({
      message: '`spec.template.metadata` is not set on `Deployment.apps/shop/web`',
      reason: 'missing',
    });
  });
});

describe('errors', () => {
  test.each([
    ["kindd == 'x'", 'nothing is called `kindd` here', 0, 5, ['kind']],
    ["kind == 'x' && nmae == 'y'", 'nothing is called `nmae` here', 15, 4, ['name']],
    ["glb(file, 'x')", 'there is no function `glb`', 0, 3, ['glob']],
    ["name.startWith('x')", 'there is no method `startWith`', 5, 9, ['startsWith']],
    ["file.glob('x')", 'there is no method `glob`: it is written `glob(…)`', 5, 4, []],
    ['kind ==', 'the expression ends too early', 7, 0, []],
    ['', 'the expression is empty', 0, 0, []],
    ['wave', 'the expression must be true or false, but gives 0', 0, 4, []],
    ["1 == 'a'", '`==` does not go with a whole number and a text', 0, 8, []],
    [
      "project(name).x == 1 || application('shap').name == 'x'",
      'there is no application `shap`',
      24,
      19,
      ['shop'],
    ],
  ])('%s', (expression, message, offset, length, candidates) => {
    const error = failure(query.select(expression));
    expect(error.message).toContain(message);
    expect([error.offset, error.length]).toEqual([offset, length]);
    expect(error.candidates).toEqual(expect.arrayContaining(candidates));
  });
  // What is wrong, and how to write it.
  test.each([
    ["kind = 'x'", '`=` compares nothing', '`==`'],
    ["kind === 'x'", 'there is no `===`', '`==`'],
    ["kind <> 'x'", 'there is no `<>`', '`!=`'],
    ["kind == 'x' & true", '`&` joins nothing', '`&&`'],
    ["kind == 'x' and true", 'there is no word `and`', '`&&`'],
    ["not kind == 'x'", 'there is no word `not`', '`!`'],
    ['kind == `x`', 'a text has other quotes', "'text'"],
    ['kind == "x', 'a text is not closed', 'quote'],
    ["kind == 'x')", '`)` closes nothing', 'drop it'],
    ["(kind == 'x'", 'ends too early', 'close the `(`'],
    ["kind == 'x' ||", 'ends too early', 'something must follow `||`'],
    ['kind == Namespace', 'nothing is called `Namespace` here', "`'Namespace'`"],
    ['labels.size > 1', 'no resource has `labels.size`', '`labels.size()`'],
    ["labels.app == 'web'", 'no resource has `labels.app`', "`labels['app.kubernetes.io/name']`"],
    ["labels.zzzzz == 'web'", 'no resource has `labels.zzzzz`', 'known: `app.kubernetes.io/name`, `owner`'],
    ["name.zzz == 'web'", 'no resource has `name.zzz`', 'no keys'],
    ['resources.size() > 1', 'nothing is called `resources` here', 'one row'],
    ["name in 'web'", '`in` looks into a list or a map, not into a text', 'contains'],
    ["wave < '0'", '`<` does not go with a number and a text', 'without quotes'],
    ['1 == 1.0', '`==` does not go with a whole number and a decimal one', '`1.0`'],
    ['spec.?replicas > 1', 'a value that may be absent', 'orValue'],
    ['wave && true', 'join what is true or false, not a number', 'compare'],
    ['!name', '`!` does not go with a text', 'compare'],
    ['kind', 'must be true or false', '`kind == …`'],
    ['has(labels)', '`has()` asks for a key', 'has(spec.replicas)'],
    ['glob(name)', '`glob` does not take a value', '`glob(text, text)`'],
    ['name.length() > 1', 'there is no method `length`', '`text.size()`'],
    ["project('zzzzzz').name == 'x'", 'there is no project `zzzzzz`', 'plumbline table projects'],
  ])('%s: how to write it', (expression, message, help) => {
    const error = failure(query.select(expression));
    expect(error.message).toContain(message);
    expect(error.help).toContain(help);
  });
  test.each([
    ['resources.filter(r, r.spec.replicas > 1)', '`r.spec` is not set', '`has(r.spec)`'],
    ['resources.size', '`resources.size` is not set', '`resources.size()`'],
    ["kind == 'x'", 'nothing is called `kind` here', '`resources.filter(r, r.kind == …)`'],
    ['resources.count()', 'there is no method `count`', '`list.size()`'],
    ['resources.filter(r, true).size', '.size` is not set', '.size()`'],
    ["[1, 2]['a']", 'an item of a list has a number', '`[0]`'],
  ])('%s: how to write it, of the whole model', (expression, message, help) => {
    const error = failure(query.value(expression));
    expect(error.message).toContain(message);
    expect(error.help).toContain(help);
  });
  test('a type error names its row', () => {
    expect(failure(query.select('name > 1'))).toMatchObject({
      message: 'on `Deployment.apps/shop/web`: `>` does not go with a text and a whole number',
      reason: 'type',
    });
  });
  test('names keep their spelling', () => {
    expect(failure(query.select('namespace.foo == 1')).message).toBe('no resource has `namespace.foo`');
    expect(failure(query.select('name.matches(1)')).message).toBe(
      'on `Deployment.apps/shop/web`: `matches` of a text does not take a whole number',
    );
  });
  test('an invalid pattern is said', () => {
    expect(failure(query.select("name.matches('(a')")).message).toContain('missing closing )');
    expect(failure(query.select("glob(name, '{a')")).message).toContain('`{` is not closed');
    expect(failure(query.select("name.matches('(?=a)b')")).message).toContain('unsupported');
  });
});

describe('values of the whole model', () => {
  test.each([
    ['resources.size()', 3],
    ['resources.filter(r, r.wave < 0).map(r, r.name)', ['shop']],
    ["resources.filter(r, r.kind == 'Deployment')[0].spec.replicas", 2],
    ["resource('Deployment.apps/shop/web').spec.replicas * 2", 4],
    ['applications.all(a, a.syncPolicy.prune)', true],
    ["applications.map(a, {'name': a.name, 'n': 1})", [{ name: 'shop', n: 1 }]],
    ['resources.exists(namespace, namespace.wave < 0)', true],
    ['optional.of(1)', 1],
    ['cel.bind(n, resources.size(), n + n)', 6],
  ])('%s', (expression, value) => {
    expect(query.value(expression)).toEqual({ ok: true, value });
  });
  test('a mistyped field of an element is found', () => {
    expect(failure(query.value("resources.filter(r, r.kindd == 'x').size()"))).toMatchObject({
      message: 'no resource has `kindd`',
      candidates: ['kind'],
      offset: 22,
      length: 5,
    });
    expect(failure(query.value("application('shop').projct"))).toMatchObject({ candidates: ['project'] });
    expect(failure(query.value('resourcs.size()'))).toMatchObject({ candidates: ['resources'] });
  });
});

describe('work is bounded', () => {
  const many = createQuery(
    platform({
      resources: Array.from({ length: 10_000 }, (_, index) =>
        resource({ ...deployment.rendered, metadata: { name: `web-${index}`, namespace: 'shop' } }),
      ),
    }),
  );
  const costly = [
    'resources.all(a, resources.all(b, resources.all(c, a.name != "" || b.name != "")))',
    'resources.exists(a, resources.exists(b, resources.exists(c, a.name == "" )))',
    'resources.map(a, resources.map(b, a.name)).size()',
    'resources.filter(a, resources.exists_one(b, b.name == a.name)).size()',
  ];
  test.each([
    // Each uses up all that a query may: one each day.
    ...shareOfDay(costly, 4).chosen,
    `cel.bind(a, 'xxxxxxxxxxxxxxxx', ${Array.from({ length: 20 }, (_, i) => `cel.bind(${'b'.repeat(i + 1)}, ${i ? 'b'.repeat(i) : 'a'} + ${i ? 'b'.repeat(i) : 'a'}, `).join('')} ${'b'.repeat(20)}${')'.repeat(20)})`,
    '('.repeat(3000),
    '!'.repeat(3999),
    `1${'+1'.repeat(1998)}`,
    '['.repeat(3999),
    'x'.repeat(5000),
  ])('%.60s', (expression) => {
    // Counted, not timed: unbounded, these would run for hours.
    expect(failure(many.value(expression)).reason).toMatch(/^(limit|syntax)$/);
  });
  test('hostile patterns take linear time', () => {
    const long = createQuery(
      platform({ resources: [resource({ kind: 'X', metadata: { name: 'a'.repeat(20_000) } })] }),
    );
    expect(
      long.select("name.matches('^(a+)+b$') || name.matches('(a|aa)*c') || glob(name, '*a*a*a*a*a*a*b')"),
    ).toEqual({ ok: true, value: [] });
    expect(failure(long.select("name.matches('((){1000}){1000}')")).message).toContain('too large');
  });
  test('ten thousand rows are quick', () => {
    const before = performance.now();
    expect(
      idsOf(many.select("kind == 'Deployment' && spec.replicas == 2 && glob(file, 'K8s/**')")),
    ).toHaveLength(10_000);
    const took = performance.now() - before;
    console.log(
      `10,000 rows: ${took.toFixed(0)} ms, again ${time(() => many.select("kind == 'Deployment' && spec.replicas == 2")).toFixed(0)} ms`,
    );
  });
});

function time(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}

function subject(id: string): Subject {
  const found = query.subjects('resource').find((one) => one.resource?.id === id);
  if (!found) throw new Error(id);
  return found;
}

function idsOf(result: QueryResult<Subject[]>): string[] {
  if (!result.ok) throw new Error(result.error.message);
  return result.value.map((one) => one.resource?.id ?? '');
}

function failure(result: QueryResult<unknown>) {
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value).slice(0, 200)}`);
  return result.error;
}

describe('rows that an expression cannot hold of', () => {
  const every = createQuery(platform({ resources: [namespace, deployment, secret], applications: [shop] }));

  test.each([
    "namespace == 'shop' && kind == 'Secret'",
    "'shop' == namespace && spec.replicas > 1",
    "spec.replicas > 1 && kind in ['Deployment', 'Service']",
    "type == 'Opaque' || kind == 'Namespace'",
    "type == 'Opaque' && kind == 'Secret'",
    "!(kind == 'Secret') && name != 'web'",
    "namespace == 'nowhere'",
    "kind == 'Namespace' && (namespace == 'shop' || wave < 0)",
    "has(spec.replicas) && application == 'shop'",
  ])('are not asked, and are none of `%s`', (expression) => {
    const asked = every.subjects('resource').filter((subject) => {
      const result = every.test(expression, subject);
      return result.ok && result.value;
    });
    const first = every.select(expression);
    expect(first.ok && first.value).toEqual(asked);
    // Asked again it gives the same, for as much work.
    const [start, again, end] = [every.steps(), every.select(expression), every.steps()];
    expect(again).toEqual(first);
    const anew = createQuery(platform({ resources: [namespace, deployment, secret], applications: [shop] }));
    anew.refusal(expression, 'resource');
    const before = anew.steps();
    anew.select(expression);
    expect(end - start).toBe(anew.steps() - before);
  });
});
