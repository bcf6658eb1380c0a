/**
 * A drawing as a file of its own: in the colours of the theme that is on, whose custom properties a file does
 * not have, on the page's ground, with links that lead to the site from anywhere.
 */
export function fileOf(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { x, y, width, height } = svg.viewBox.baseVal;
  copy.removeAttribute('style');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));

  const originals = svg.querySelectorAll('.d2-code-light,.d2-code-dark');
  for (const [index, code] of [...copy.querySelectorAll('.d2-code-light,.d2-code-dark')].entries()) {
    const original = originals[index];
    if (original && getComputedStyle(original).display === 'none') code.remove();
    else code.removeAttribute('class');
  }
  for (const link of copy.querySelectorAll('a')) {
    const href = link.getAttribute('href');
    if (href !== null) link.setAttribute('href', new URL(href, location.href).href);
  }
  for (const style of copy.querySelectorAll('style')) style.remove();

  const style = document.createElementNS(copy.namespaceURI, 'style');
  style.textContent = diagramRules().join('\n');
  const ground = document.createElementNS(copy.namespaceURI, 'rect');
  for (const [name, value] of Object.entries({ x, y, width, height }))
    ground.setAttribute(name, String(value));
  ground.setAttribute('fill', getComputedStyle(svg.closest('.pl-diagram') ?? svg).backgroundColor);
  (copy.querySelector('desc') ?? copy.querySelector('title'))?.after(style, ground);

  const values = getComputedStyle(svg);
  // Other programs than browsers know no custom properties: each is written out, and twice, as one may stand
  // in for another.
  const written = (text: string) =>
    text.replaceAll(/var\((--d2-[\w-]+)(?:,([^()]*))?\)/g, (_, name: string, otherwise = '') =>
      (values.getPropertyValue(name).trim() || otherwise).replaceAll('"', "'"),
    );
  return written(written(new XMLSerializer().serializeToString(copy)));
}

/**
 * The rules that the site's stylesheet has for what is inside a drawing, and the faces that stand in for its
 * fonts.
 */
function diagramRules(): string[] {
  return [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].flatMap((rule) => (isForDiagrams(rule) ? [rule.cssText] : []));
    } catch {
      // A sheet of another site cannot be read; ours is never there.
      return [];
    }
  });
}

function isForDiagrams(rule: CSSRule): boolean {
  if (rule instanceof CSSStyleRule) return rule.selectorText.startsWith('.d2-diagram ');
  return rule instanceof CSSFontFaceRule && /font-family:\s*["']?d2-/.test(rule.cssText);
}
