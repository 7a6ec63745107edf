import { english } from './vocabulary-en.ts';
import { polish } from './vocabulary-pl.ts';

export const vocabularies = { pl: polish, en: english } as const;
