import fc from 'fast-check';
import { ADDRESS_PRESETS } from '../../src/core/address-presets/presets.js';
import { type AddressRules, checkAddressRules } from '../../src/core/address-rules.js';

const host = fc.constantFrom(
  ...[
    'e.ma',
    'www.e.ma',
    'www.www.e.ma',
    'www.ma',
    'e.ma:8080',
    'x.imgix.net',
    'res.cloudinary.com',
    'i0.wp.com',
  ],
  ...['imagedelivery.net', 'I3.WP.COM', '[::1]', 'É.ma', '127.0.0.1'],
);

const segment = fc.oneof(
  fc.constantFrom(
    ...['unsafe', 'smart', '300x200', '-1x', 'fit-in', 'filters:quality(8):blur(1)', 'filters:watermark(x)'],
    ...[
      'image',
      'upload',
      'fetch',
      'w_300,c_fill',
      'l_x',
      'v12',
      's--abcdefgh--',
      'demo',
      'e.ma',
      'A',
      'a%2Fb',
    ],
    ...['cdn-cgi', 'imagedelivery', 'width=80,quality=75', 'public', '_next', 'uploads', 'resize', '300x'],
    ...[
      'photo-300x200.jpg',
      'photo-scaled-rotated.JPG',
      '-1x1.png',
      '1.jpg',
      '..',
      '.',
      '',
      'a^b',
      '%',
      '%41',
    ],
    ...[
      'https:',
      'http:',
      'https%3A%2F%2Fe.ma%2Fp',
      `${'a'.repeat(27)}=`,
      'x%20y',
      'é',
      '{',
      '$x_1',
      'debug',
    ],
  ),
  fc.string({ maxLength: 4 }),
);

const parameter = fc.oneof(
  fc.constantFrom(
    ...['w=300', 'q=75', 'q=id%3D1', 'url=%2Fa.jpg', 'url=https%3A%2F%2Fe.ma%2F_next%2Fimage%3Furl%3D%252Fb'],
    ...[
      'url=%2F%2Fe.ma',
      'id=1',
      'utm_source=x',
      'a',
      '=',
      'ssl=1',
      'W=1',
      'x=2',
      'x=1',
      'mark=y',
      'url=+%2B^%25',
    ],
  ),
  fc.string({ maxLength: 4 }),
);

/** Addresses that the presets may read in one way or another, wrapped in each other, and such as nobody would write. */
export const anyAddress: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('http', 'https', 'HTTPS'),
    host,
    fc.array(segment, { maxLength: 10 }),
    fc.array(parameter, { maxLength: 5 }),
    fc.constantFrom('', '#top'),
  )
  .map(
    ([scheme, name, path, query, fragment]) =>
      `${scheme}://${name}/${path.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}${fragment}`,
  );

const template = fc
  .array(
    fc.constantFrom(
      '/',
      'a',
      'resize',
      'x',
      '-',
      '1',
      '{digits}',
      '{digits?}',
      '{word}',
      '{any}',
      '{any?}',
      '%2F',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

/** Rules that the service would take. */
export const anyRules: fc.Arbitrary<AddressRules> = fc
  .record({
    presets: fc.subarray([...ADDRESS_PRESETS]),
    imgixHosts: fc.subarray(['e.ma', '*.e.ma']),
    ignoreParameters: fc.subarray(['w', 'q', 'url', 'x*', 'a']),
    removePaths: fc.array(template, { maxLength: 4 }),
    ignoreWww: fc.boolean(),
    ignoreScheme: fc.boolean(),
    ignorePathCase: fc.boolean(),
    sortParameters: fc.boolean(),
  })
  .map((given) => checkAddressRules(given, '').rules);
