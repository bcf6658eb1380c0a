/**
 * Every function that a template of an ApplicationSet can call: text/template's, sprig's 3.3 without `env`,
 * `expandenv` and `getHostByName`, and Argo CD's own. Where sprig has a name of text/template's (`slice`),
 * sprig wins.
 */
import type { FunctionTable } from '../go/functions.ts';
import { argocd } from './argocd.ts';
import { builtins } from './builtins.ts';
import { dates } from './dates.ts';
import { dicts } from './dicts.ts';
import { encoding } from './encoding.ts';
import { lists } from './lists.ts';
import { logic } from './logic.ts';
import { math } from './math.ts';
import { paths } from './paths.ts';
import { regexes } from './regexes.ts';
import { strings } from './strings.ts';
import { unknowable } from './unknowable.ts';
import { versions } from './versions.ts';

export const functions: FunctionTable = Object.assign(
  Object.create(null) as FunctionTable,
  builtins,
  strings,
  lists,
  dicts,
  math,
  logic,
  regexes,
  encoding,
  paths,
  dates,
  versions,
  unknowable,
  argocd,
);
