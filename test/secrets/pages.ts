import type { Planted } from './ways.ts';

/** A page that asks for the values of a way in every manner that a page can. */
export function pageOf({ way, name, folder, files }: Planted): string {
  const secret = `resource('Secret/${name}')`;
  const [first = ''] = Object.keys(files);
  return [
    `# ${way}`,
    ...Object.keys(files).flatMap((path) => [
      `\`${path}\``,
      fence(path, '', ''),
      fence(path, 'lines="1-40"', 'apiVersion: v1\nkind: Secret\nstringData:\n  x: q\n'),
      `[file](../${path}) ![picture](../${path})`,
    ]),
    ...['data', 'stringData', 'spec'].map((at) => fence(first, `at="${at}"`, at === 'spec' ? 'q: r\n' : '')),
    ...['data', 'stringData', 'data.x', 'stringData.x', 'spec', 'metadata'].map(
      (field) => `:fact[q]{value="string(${secret}.${field})"} :fact[]{value="${secret}.${field}"}`,
    ),
    `:claim[All]{of="name.contains('${name}')" all="string(stringData.x) == 'q'"}`,
    `:fact[1]{value="int(${secret}.stringData.x)"} :fact[1]{value="timestamp(${secret}.data.x)"}`,
    `::table{view="resources" where="name.startsWith('${name}')" columns="name, a = data, b = stringData, c = spec"}`,
    `\`Secret/${name}\` \`ConfigMap/${name}\``,
    `\`\`\`sh\nkubectl get secret ${name} -o yaml\nkubectl apply -k ${folder}/k\n\`\`\``,
  ].join('\n\n');
}

function fence(path: string, which: string, body: string): string {
  return `\`\`\`yaml source="${path}" ${which}\n${body}\`\`\``;
}
