import { invalid, notFound, VigieError } from '../../src/core/errors.js';

describe('errors', () => {
  it('point at the field that is wrong', () => {
    const error = invalid('/image/url', 'Give an absolute URL.');
    expect(error).toBeInstanceOf(VigieError);
    expect(error).toMatchObject({
      name: 'VigieError',
      code: 'INVALID',
      message: 'Give an absolute URL.',
      fields: [{ pointer: '/image/url', detail: 'Give an absolute URL.' }],
      extra: {},
    });
  });

  it('say the same of what does not exist and of what belongs to another site', () => {
    expect(notFound('case')).toMatchObject({ code: 'NOT_FOUND', detail: 'There is no such case.' });
  });
});
