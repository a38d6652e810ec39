import { openCursor, sealCursor } from '../../../src/access/sealing/page-cursor.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';
import { VigieError } from '../../../src/core/errors.js';

const sealed = new Sealed(Buffer.alloc(32, 1));
const place = { openedAt: '2026-11-23T10:00:00Z', id: '7' };
const list = ['cases', 'open', null];

test('a cursor gives back its place, for the list and the filters that it was made for', () => {
  expect(openCursor(sealed, list, sealCursor(sealed, list, place))).toEqual(place);
  expect(openCursor(sealed, ['cases', 'open', undefined], sealCursor(sealed, list, place))).toEqual(place);
});

test('no cursor is the first page', () => {
  expect([openCursor(sealed, list, undefined), openCursor(sealed, list, null)]).toEqual([null, null]);
});

test.each([
  ['another list', sealCursor(sealed, ['events', 'open', null], place)],
  ['another filter', sealCursor(sealed, ['cases', 'closed', null], place)],
  ['one more filter', sealCursor(sealed, ['cases', 'open', 'spam'], place)],
  ['the same words otherwise parted', sealCursor(sealed, ['cases open', null], place)],
  ['another installation', sealCursor(new Sealed(Buffer.alloc(32, 2)), list, place)],
  ['nothing', 'made-up'],
  ['nothing at all', ''],
])('a cursor of %s is refused at /cursor', (_, cursor) => {
  let refusal: unknown;
  try {
    openCursor(sealed, list, cursor);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(VigieError);
  expect(refusal).toMatchObject({ code: 'INVALID', fields: [{ pointer: '/cursor' }] });
});

test('cursors are no longer for longer filters', () => {
  const long = sealCursor(sealed, ['events', 'x'.repeat(5_000)], '1');
  expect(long).toHaveLength(sealCursor(sealed, [], '1').length);
});
