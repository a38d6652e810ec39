import ts from 'typescript';
import { roomOf } from './check-imports.js';
import { parseSource, visitNodes, type SourceText } from './source-file.js';

/** Globals that bring in the outside world: clock, chance, environment, timers, network, asynchrony. */
const IMPURE_GLOBALS = new Set([
  'process',
  'Promise',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'globalThis',
  'console',
]);

/** What makes a file of core/ impure, one sentence each. What a rule needs of the world is passed in. */
export function checkCoreIsPure(file: SourceText): string[] {
  if (roomOf(file.path) !== 'core') return [];
  const source = parseSource(file);
  const found: string[] = [];
  visitNodes(source, (node) => {
    const what = impurity(node);
    if (what === undefined) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push(`\`core/\` is pure, what it needs is passed in; ${file.path}:${line} uses ${what}`);
  });
  return found;
}

function impurity(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
    return 'await';
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) {
    return 'new Date() without a time';
  }
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()';
  if (ts.isPropertyAccessExpression(node)) {
    if (isNamed(node.expression, 'Date') && node.name.text === 'now') return 'Date.now';
    if (isNamed(node.expression, 'Math') && node.name.text === 'random') return 'Math.random';
  }
  return ts.isIdentifier(node) && IMPURE_GLOBALS.has(node.text) && !isOnlyAName(node) ? node.text : undefined;
}

const isNamed = (node: ts.Expression, name: string): boolean => ts.isIdentifier(node) && node.text === name;

/** `x.process`, `{ process: 1 }` and the field `process` of a type are no use of the global. */
function isOnlyAName(identifier: ts.Identifier): boolean {
  const parent = identifier.parent;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === identifier) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) &&
      parent.name === identifier)
  );
}
