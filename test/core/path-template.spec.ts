import fc from 'fast-check';
import { LONGEST_TEMPLATE, parseTemplate, removeTemplate } from '../../src/core/path-template.js';

function remove(text: string, path: string): string {
  const template = parseTemplate(text);
  if (typeof template === 'string') throw new Error(`${text}: ${template}`);
  return removeTemplate(path, template);
}

describe('a template of a path', () => {
  it.each([
    ['/resize/{digits}x/', '/resize/300x/a.jpg', '/a.jpg'],
    ['/resize/{digits}x/', '/resize/300x', '/resize/300x'],
    ['/resize/{digits}x/', '/a/resize/1x/resize/2x/b', '/a/b'],
    ['/resize', '/resize/a/resize', '/a'],
    ['/resize', '/resized/a', '/resized/a'],
    ['/{word?}-cut', '/-cut/a', '/a'],
    ['/w{word?}/', '/w/a', '/a'],
    ['{digits}x{digits}px', '/a/300x200px.jpg', '/a/.jpg'],
    ['{digits}px', '/a/b300px.jpg', '/a/b.jpg'],
    ['-s{any}', '/a/1-s200-c.jpg', '/a/1'],
    ['@2x', '/a@2x.jpg', '/a.jpg'],
    ['%20', '/a%20b', '/ab'],
    ['/a/', '/a/', '/a/'],
  ])('%s out of %s gives %s', (text, path, expected) => {
    expect(remove(text, path)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['{digits}', 'more than placeholders'],
    ['/{any}/{word}/', 'more than placeholders'],
    ['{digits}{word}', 'between them'],
    ['/{any}x/', 'can never follow'],
    ['{digits}0', 'can never follow'],
    ['{word}_x', 'can never follow'],
    ['a/b', 'begin with a slash'],
    ['a{any}/', 'begin with a slash'],
    ['/a//b', 'two slashes'],
    ['/{number}/', 'Knows {digits}'],
    ['/a}/', 'Knows {digits}'],
    ['/a?b/', 'percent-encode'],
    ['/é/', 'percent-encode'],
    ['/{any?}-{digits}-{word}-{digits}-{any}/', 'at most 4 placeholders'],
    [`/${'a'.repeat(LONGEST_TEMPLATE)}`, `${LONGEST_TEMPLATE} characters`],
  ])('%s is refused', (text, why) => {
    expect(parseTemplate(text)).toContain(why);
  });

  it('takes time in proportion to the path, whatever both are', () => {
    const templates = [
      ...[
        'a{word}-',
        '{word}-',
        '{digits}a{digits}b',
        '/a{digits?}/a{digits?}/a{digits?}/b',
        'aaaaaaaaaaaaaaaab',
      ],
      ...['/{any}/{any}/{any}/{any}/b', 'a{any}', '-{digits?}-{digits?}-{digits?}-x'],
    ];
    const pieces = ['a', '1', 'a1', '/a', '/', '-', '-1', '1a', 'aab', '/a/a'];
    /** The least of a few, in ms: others use the machine, too. */
    const time = (length: number): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = performance.now();
          for (const text of templates) {
            for (const piece of pieces) remove(text, `/${piece.repeat(length / piece.length)}`);
          }
          return performance.now() - start;
        }),
      );
    time(2_000);
    // Twenty times the path: some twenty times as long. What is quadratic takes four hundred times.
    expect(time(40_000) / time(2_000)).toBeLessThan(160);
  });

  it('never throws, never grows, and always leaves a path', () => {
    const pieces = fc.array(
      fc.constantFrom('/', 'a', 'b', '1', '-', '{digits}', '{digits?}', '{word}', '{any}', '{any?}', '}'),
    );
    fc.assert(
      fc.property(
        pieces.map((all) => all.join('')),
        fc.array(fc.constantFrom('/', 'a', 'b', '1', '-')).map((all) => `/${all.join('')}`),
        (text, path) => {
          const template = parseTemplate(text);
          if (typeof template === 'string') return expect(template).toMatch(/\.$/);
          const rest = removeTemplate(path, template);
          expect(rest.length).toBeLessThanOrEqual(path.length);
          expect(rest.startsWith('/')).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
