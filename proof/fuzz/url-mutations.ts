import { hostileText, PATH_PARTS, TEXTS } from './hostile-values.js';
import { encoded, type Mutation } from './mutation.js';
import type { FuzzRequest } from './request.js';

function withQuery(request: FuzzRequest, ...pairs: readonly string[]): FuzzRequest {
  return { ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}${pairs.join('&')}` };
}

export const URL_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'an odd part in the path',
    apply(request, random) {
      const [path = '', query] = request.url.split('?', 2);
      const parts = path.split('/');
      const at = 1 + random.below(parts.length - 1);
      parts[at] = random.below(4) === 0 ? encoded(hostileText(random)) : random.oneOf(PATH_PARTS);
      return { ...request, url: `${parts.join('/')}${query === undefined ? '' : `?${query}`}` };
    },
  },
  {
    name: 'a slash too many, or capitals',
    apply(request, random) {
      const spoil = random.oneOf<(url: string) => string>([
        (url) => url.replace(/(\?|$)/, '/$1'),
        (url) => url.replaceAll('/', '//'),
        (url) => url.toUpperCase(),
        (url) => `${url}#fragment`,
        (url) => url.replace('/v1', '/v1/.'),
        (url) => url.replace('/v1', '/v2'),
      ]);
      return { ...request, url: spoil(request.url) };
    },
  },
  {
    name: 'an unknown parameter',
    apply: (request, random) =>
      withQuery(
        request,
        random.oneOf([
          'x=1',
          '__proto__[a]=1',
          'constructor=1',
          '=',
          '&&&',
          'a[]=1&a[]=2',
          'key=',
          'key=vg_sec_x',
          '%00=1',
          'site[]=here',
          'limit[$gt]=1',
          '%',
          'a=%zz',
          `q=${'x'.repeat(3_000)}`,
        ]),
      ),
  },
  {
    name: 'a parameter given twice',
    apply(request, random) {
      const pairs = request.url.split('?')[1]?.split('&') ?? ['limit=1'];
      const pair = pairs[random.below(pairs.length)] ?? 'limit=1';
      return withQuery(
        request,
        pair,
        random.below(2) === 0 ? pair : `${pair.split('=')[0] ?? ''}=${encoded(hostileText(random))}`,
      );
    },
  },
  {
    name: 'a hostile text in a parameter',
    apply(request, random) {
      const [path = '', query = 'site=here'] = request.url.split('?', 2);
      const pairs = query.split('&');
      const at = random.below(pairs.length);
      pairs[at] = `${pairs[at]?.split('=')[0] ?? ''}=${encoded(random.oneOf(TEXTS))}`;
      return { ...request, url: `${path}?${pairs.join('&')}` };
    },
  },
];
