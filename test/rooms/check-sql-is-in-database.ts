import ts from 'typescript';
import { roomOf } from './check-imports.js';
import { parseSource, visitNodes, type SourceText } from './source-file.js';

/** How a statement begins, so that an English sentence ("Select an image", "with care") is none. */
const STATEMENTS = [
  'select\\s.+\\sfrom\\s',
  'select\\s+[\\w.]+\\(',
  'select\\s+(?:\\d|\\?)',
  'insert\\s+into\\s+[\\w."?]+',
  'update\\s+(?:only\\s+)?[\\w."?]+(?:\\s+(?:as\\s+)?\\w+)?\\s+set\\s',
  'delete\\s+from\\s+[\\w."?]+',
  'with\\s+(?:recursive\\s+)?\\w+\\s*(?:\\([^)]*\\)\\s*)?as\\s+(?:not\\s+)?(?:materialized\\s+)?\\(',
  'truncate\\s+(?:table\\s+)?[\\w."?]+\\s*(?:,|;|cascade|restart|$)',
  '(?:create|alter|drop)\\s+(?:unique\\s+)?(?:table|index|schema|database|role|sequence|view)\\s',
  'lock\\s+table\\s',
  'listen\\s+\\w+$',
  'notify\\s+\\w+(?:$|,)',
];
// Lower case as the project writes it, or all in capitals; mixed is prose.
const SQL = new RegExp(`^(?:\\s|--[^\\n]*\\n)*(?:${STATEMENTS.join('|')})`, 's');

/** SQL outside of database/, one sentence each. */
export function checkSqlIsInDatabase(file: SourceText): string[] {
  if (roomOf(file.path) === 'database') return [];
  const source = parseSource(file);
  const found: string[] = [];
  visitNodes(source, (node) => {
    const text = textOf(node);
    if (text === undefined || !looksLikeSql(text)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push(
      `Hand-written SQL is in database/ only; ${file.path}:${line} begins with "${firstWords(text)}"`,
    );
  });
  return found;
}

function looksLikeSql(text: string): boolean {
  const [firstWord = ''] = /[A-Za-z]+/.exec(text.replace(/^(?:\s|--[^\n]*\n)*/, '')) ?? [];
  return SQL.test(firstWord === firstWord.toUpperCase() ? text.toLowerCase() : text);
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `?${span.literal.text}`).join('');
}

const firstWords = (text: string): string => text.trim().split(/\s+/).slice(0, 4).join(' ');
