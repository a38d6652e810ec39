import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config/project-root.js';
import type { Language } from '../../../src/web/console/i18n.js';
import type { TextKey } from '../../../src/web/console/languages/parts.js';

export type AllTexts = Readonly<Record<TextKey, string>>;

export const FOLDER = path.join(projectRoot(), 'src/web/console');
export const SPOKEN = ['en', 'fr', 'ar', 'es'] as const satisfies readonly Language[];

const textsIn = (file: string): Readonly<Record<string, string>> =>
  jest.requireActual<{ default: Readonly<Record<string, string>> }>(file).default;

/** The texts in a folder, in a language. */
export const textsOf = (folder: string, language: Language): Readonly<Record<string, string>> =>
  textsIn(path.join(FOLDER, folder, 'texts', `${language}.ts`));

/** What the console says before any page was opened. */
export const firstTexts = (language: Language): Readonly<Record<string, string>> =>
  textsIn(path.join(FOLDER, 'languages', `${language}.ts`));

/** Folders that have texts; '' is the console's own. */
export const FOLDERS_WITH_TEXTS = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name === 'texts')
  .map(({ parentPath }) => path.relative(FOLDER, parentPath));

/** All that the console says in a language, also what its pages load when they are opened. */
export const allTexts = (language: Language): AllTexts =>
  Object.assign({}, ...FOLDERS_WITH_TEXTS.map((folder) => textsOf(folder, language))) as AllTexts;
