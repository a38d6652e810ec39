import { loggable } from '../../src/http/loggable.js';

describe('a logged error', () => {
  it('has its causes, and neither addresses, keys nor the values of a statement', () => {
    const cause = Object.assign(
      new Error('duplicate key of https://cdn.example.ma/1.jpg?a=1 by dev_abc-DEF'),
      {
        code: '23505',
        detail: 'Key (url)=(https://cdn.example.ma/1.jpg) already exists.',
        parameters: ['reader'],
      },
    );
    const error = new Error('could not record rcp_abc_DEF with vg_pub_0123', { cause });
    const logged = loggable(error);
    expect(logged).toMatchObject({
      type: 'Error',
      message: 'could not record rcp_[token] with vg_pub_[key]',
      cause: { type: 'Error', code: '23505', message: 'duplicate key of [address] by dev_[token]' },
    });
    expect(Object.keys(logged['cause'] as object).sort()).toEqual(['code', 'message', 'stack', 'type']);
    expect(JSON.stringify(logged)).not.toMatch(/cdn\.example|abc.DEF|0123/);
  });
});
