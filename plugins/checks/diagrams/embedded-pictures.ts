/**
 * A picture as a `data:` URI, by what its bytes are. An SVG is refused where it holds anything that runs or
 * leads elsewhere: as an image a browser would not follow it, but a reader may open the file.
 */
export function pictureOf(bytes: Buffer): Picture {
  const raster = signatures.find(({ starts }) => starts.test(bytes.subarray(0, 16).toString('latin1')));
  if (raster !== undefined) return { ok: true, uri: uriOf(raster.type, bytes) };
  const text = bytes.toString('utf8');
  if (!/<svg[\s>]/i.test(text)) return { ok: false, why: 'is no picture that a page can carry' };
  const fault = refused.find(({ pattern }) => pattern.test(text));
  return fault ? { ok: false, why: `holds ${fault.what}` } : { ok: true, uri: uriOf('svg+xml', bytes) };
}

function uriOf(type: string, bytes: Buffer): string {
  return `data:image/${type};base64,${bytes.toString('base64')}`;
}

const signatures = [
  { type: 'png', starts: /^\x89PNG\r\n/ },
  { type: 'jpeg', starts: /^\xff\xd8\xff/ },
  { type: 'gif', starts: /^GIF8[79]a/ },
  { type: 'webp', starts: /^RIFF[\s\S]{4}WEBP/ },
];

/** What is looked for as text, so that nothing hides behind a namespace or an entity of the file's own. */
const refused = [
  { what: 'a script', pattern: /<(?:[\w.-]+:)?script\b/i },
  { what: 'an event handler', pattern: /[\s"'/]on[a-z]+\s*=/i },
  { what: 'HTML', pattern: /<(?:[\w.-]+:)?(?:foreignObject|iframe|object|embed)\b/i },
  { what: 'entities of its own', pattern: /<!ENTITY|<!DOCTYPE[^>]*\[/i },
  { what: 'a stylesheet from elsewhere', pattern: /<\?xml-stylesheet|@import/i },
  { what: 'escapes in its style', pattern: /<(?:[\w.-]+:)?style\b[^<]*\\/i },
  {
    what: 'a link to another file',
    pattern: /\b(?:href|src)\s*=\s*(?!\s|""|''|["']?(?:#|data:image\/(?:png|jpeg|gif|webp)[;,]))/i,
  },
  { what: 'a link to another file', pattern: /url\(\s*["']?(?![#"'\s])/i },
];

type Picture = { ok: true; uri: string } | { ok: false; why: string };
