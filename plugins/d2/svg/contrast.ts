import { namedColours } from './named.ts';

/** The one of two colours that reads better on a background (WCAG 2.2 contrast ratio). */
export function readableOn(background: Rgb, dark: string, light: string): string {
  return contrast(background, rgbOf(dark) ?? black) >= contrast(background, rgbOf(light) ?? white)
    ? dark
    : light;
}

/** Contrast ratio of two opaque colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

/** A hex or named colour; null for gradients, `transparent` and whatever else is not one opaque colour. */
export function rgbOf(colour: string): Rgb | null {
  const hex = namedColours.get(colour.toLowerCase()) ?? colour;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(hex);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  const parts = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1);
  if (parts === undefined) return null;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

export type Rgb = readonly [number, number, number];
