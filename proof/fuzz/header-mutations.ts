import { HEADERS, hostileText } from './hostile-values.js';
import { type Mutation, withHeader } from './mutation.js';

/** What Node's client sends as it is: the rest would be refused before it went out (RFC 9110, 5.5). */
const sendable = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');

export const HEADER_MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  {
    name: 'an odd header',
    apply(request, random) {
      const [name, values] = random.oneOf(HEADERS);
      return withHeader(
        request,
        name,
        sendable(random.below(5) === 0 ? hostileText(random) : random.oneOf(values)),
      );
    },
  },
  {
    name: 'an odd key',
    apply(request, random) {
      const own = request.headers['authorization'] ?? 'Bearer x';
      const spoilt = [
        own.toLowerCase(),
        `${own} `,
        own.slice(0, -1),
        `${own}x`,
        own.replace('Bearer', 'Basic'),
        'Bearer',
        'Bearer ',
        'Bearer vg_sec_',
        `Bearer ${sendable(hostileText(random))}`,
        `${own}, ${own}`,
        'Negotiate x',
      ];
      return withHeader(request, 'authorization', spoilt[random.below(spoilt.length)] ?? 'x');
    },
  },
];
