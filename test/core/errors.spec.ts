import { invalid, notFound, rateLimited, VigieError } from '../../src/core/errors.js';

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

  it('say in whole seconds when it is worth trying again', () => {
    expect(rateLimited('Wait a little.', 12.2)).toMatchObject({
      code: 'RATE_LIMITED',
      detail: 'Wait a little.',
      extra: { retryAfter: 13 },
    });
    expect(rateLimited('Wait a little.', 0)).toMatchObject({ extra: { retryAfter: 1 } });
  });
});
