import { EN } from './en.ts';
import type { Texts } from './translate.ts';

export const PL: Texts = EN;
