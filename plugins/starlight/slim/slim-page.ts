import {
  iconKey,
  isMovable,
  isSimple,
  isStrict,
  isWords,
  type SharedParts,
  scriptKey,
} from './shared-parts.ts';
import { shortColours } from './short-colours.ts';
import { shortDrawings } from './short-drawings.ts';
import { themeOf } from './theme-parts.ts';
import { replaceTokens, type Token } from './tokens.ts';

/**
 * A page as Starlight gives it, without what it has in common with others: that lies in files which a browser
 * keeps. What is seen, heard and searched stays as it was.
 */
export function slimPage(html: string, { scripts, icons, themes }: SharedParts): string {
  const mayMove = !isStrict(html);
  const theme = !mayMove || themes.size === 0 ? null : themeOf(html);
  const themeSrc = themes.get(theme?.text ?? '');
  const whole = (themeSrc && theme?.without(themeSrc)) || html;
  const colours = shortColours(whole);
  const drawings = shortDrawings(mayMove ? whole : '');
  const rules = [...colours.rules, ...drawings.rules];
  /** Where the end of an empty element of a drawing stands, which has one in its own tag now. */
  let ended = -1;
  return replaceTokens(whole, (token, end) => {
    switch (token.is) {
      case 'raw': {
        const src = !mayMove || !isMovable(token) ? undefined : scripts.get(scriptKey(token));
        if (src === undefined) return null;
        return `${isWords(token) ? '<script type="module"' : token.tag.slice(0, -1)} src="${src}"></script>`;
      }
      case 'icon': {
        const href = isSimple(token) ? icons.get(iconKey(token)) : undefined;
        return href === undefined ? null : `${frameOf(token)}<use href="${href}"/></svg>`;
      }
      case 'tag': {
        const { tag } = token;
        if (tag === '</head>') return rules.length === 0 ? null : `<style>${rules.join('')}</style>${tag}`;
        const named = drawings.nameOf(tag);
        if (tag.startsWith('</')) return end - tag.length === ended ? '' : endTag(tag, whole, end);
        if (isEmpty(tag, whole, end)) {
          ended = end;
          return `${(named ?? tag).slice(0, -1)}/>`;
        }
        return named ?? contentsEntry(tag) ?? colours.nameOf(tag);
      }
    }
  });
}

/** A shape of a drawing, which in HTML as in SVG may end in its own tag. */
function isEmpty(tag: string, html: string, end: number): boolean {
  if (!html.startsWith('</', end) || tag.endsWith('/>')) return false;
  const [, name] = /^<(rect|path|polygon|polyline|line|circle|ellipse|use)\b/.exec(tag) ?? [];
  return name !== undefined && html.startsWith(`</${name}>`, end);
}

/** Starlight sizes icons by CSS, and as a letter where nothing is said: the numbers are for want of it. */
function frameOf({ tag }: Extract<Token, { is: 'icon' }>): string {
  const bare = tag.replace(/ viewBox="[^"]*"/i, '');
  return bare.includes('style="--sl-icon-size')
    ? bare.replace(' width="16" height="16"', '').replace(' style="--sl-icon-size: 1em;"', '')
    : bare;
}

/** In the table of contents each list says its depth, which all in it inherit. */
function contentsEntry(tag: string): string | null {
  if (!tag.includes('--depth:') || tag.startsWith('<ul')) return null;
  const plain = tag.replace(/ style="--depth: \d+;"/, '');
  return plain.startsWith('<a') ? plain : plain.replace(/ class="astro-\w+"/, '');
}

/** The ends that a parser puts there by itself, as the next piece can stand within none of them. */
function endTag(tag: string, html: string, end: number): string | null {
  const next = followers[tag];
  if (next === undefined) return null;
  next.lastIndex = end;
  return next.test(html) ? '' : null;
}

const followers: Readonly<Record<string, RegExp>> = {
  '</li>': /\s*(?:<li[\s>]|<\/[uo]l>)/y,
  '</dt>': /\s*<d[td][\s>]/y,
  '</dd>': /\s*(?:<d[td][\s>]|<\/dl>)/y,
  '</td>': /\s*(?:<t[dh][\s>]|<\/tr>)/y,
  '</th>': /\s*(?:<t[dh][\s>]|<\/tr>)/y,
  '</tr>': /\s*(?:<tr[\s>]|<\/tbody>|<\/thead>)/y,
  '</thead>': /\s*<tbody[\s>]/y,
  '</tbody>': /\s*(?:<tbody[\s>]|<\/table>)/y,
  '</p>':
    /\s*(?:<(?:p|ul|ol|dl|div|figure|table|blockquote|pre|details|h\d)[\s>]|<\/(?:div|blockquote|li|td|th|figure|details|main)>)/y,
  '</option>': /\s*(?:<option[\s>]|<\/select>)/y,
};
