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

  it('has no link, no password of a mail server, and nobody’s e-mail address', () => {
    const text =
      'vg_lnk_Qk3x-w0T1c8sVf by smtps://user:word@mail.example.com:465: 550 5.1.1 <amina.é+x@example.ma>: to=b@localhost, no';
    expect(loggable(new Error(text)).message).toBe(
      'vg_lnk_[link] by [address] 550 5.1.1 <[e-mail]>: [e-mail], no',
    );
    const error = new Error('x');
    error.stack = 'Error: x\n at run (file:///srv/node_modules/@nestjs/core/router.js:1:2)';
    expect(loggable(error).stack).toContain('node_modules/@nestjs/core/router.js:1:2');
  });
});
