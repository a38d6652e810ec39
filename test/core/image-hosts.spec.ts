import { canonicalUrl } from '../../src/core/canonical-url.js';
import {
  canonicalImageHost,
  defaultImageHosts,
  hostMatches,
  isPortNamed,
} from '../../src/core/image-hosts.js';

describe('hosts that a site vouches for', () => {
  it.each([
    ['example.ma', 'example.ma'],
    ['example.ma:8443', 'example.ma'],
    ['cdn.example.ma', '*.example.ma'],
    ['a.b.example.ma', '*.example.ma'],
    ['example.ma:8443', 'example.ma:8443'],
    ['cdn.example.ma:8443', '*.example.ma:8443'],
    ['example.ma', 'example.ma:443'],
    ['example.ma', 'example.ma:80'],
    ['127.0.0.1:4000', '127.0.0.1:4000'],
    ['[::1]', '[::1]'],
    ['[::1]:4000', '[::1]:4000'],
    ['[::1]:4000', '[::1]'],
  ])('takes %s for the entry %s', (host, entry) => {
    expect(hostMatches(host, [entry])).toBe(true);
    expect(hostMatches(host, ['other.example', entry])).toBe(true);
  });

  it.each([
    ['cdn.example.ma', 'example.ma'],
    ['example.ma', '*.example.ma'],
    ['badexample.ma', '*.example.ma'],
    ['example.ma.evil.example', '*.example.ma'],
    ['example.ma.evil.example', 'example.ma'],
    ['example.ma:8443', 'example.ma:443'],
    ['example.ma', 'example.ma:8443'],
    ['example.ma:8444', 'example.ma:8443'],
    ['cdn.example.ma', '*.example.ma:8443'],
    ['[::1]', '[::2]'],
    ['[::1]:4000', '[::1]:4001'],
  ])('refuses %s for the entry %s', (host, entry) => {
    expect(hostMatches(host, [entry])).toBe(false);
  });

  it('takes nothing when nothing is vouched for', () => {
    expect(hostMatches('example.ma', [])).toBe(false);
  });

  it('matches what the canonical address says of its host', () => {
    const picture = canonicalUrl('HTTPS://CDN.Example.ma.:443/p.jpg');
    expect(picture.ok && hostMatches(picture.host, ['*.example.ma'])).toBe(true);
  });
});

describe('the default: the hosts of the origins and their subdomains', () => {
  it.each<[string[], string[]]>([
    [['https://www.example.ma'], ['www.example.ma', '*.www.example.ma']],
    [['https://Example.ma:8443/'], ['example.ma', '*.example.ma']],
    [['http://localhost:3000'], ['localhost:3000']],
    [['http://127.0.0.1:3000'], ['127.0.0.1:3000']],
    [['http://127.0.0.1'], ['127.0.0.1']],
    [['http://[::1]:3000'], ['[::1]:3000']],
    [
      ['https://example.ma', 'http://example.ma'],
      ['example.ma', '*.example.ma'],
    ],
    [['null', 'not an origin'], []],
    [[], []],
  ])('of %j are %j', (origins, hosts) => {
    expect(defaultImageHosts(origins)).toEqual(hosts);
  });
});

describe('an entry as it is stored', () => {
  it.each([
    ['CDN.Example.ma', 'cdn.example.ma'],
    ['example.ma.', 'example.ma'],
    ['*.Example.ma', '*.example.ma'],
    ['*.élan.ma:8443', '*.xn--lan-9la.ma:8443'],
    ['example.ma:80', 'example.ma:80'],
    ['example.ma:0443', 'example.ma:443'],
    ['127.1:4000', '127.0.0.1:4000'],
    ['[0:0::1]:4000', '[::1]:4000'],
    ['localhost', 'localhost'],
  ])('%s becomes %s', (entry, stored) => {
    expect(canonicalImageHost(entry)).toBe(stored);
    expect(canonicalImageHost(stored)).toBe(stored);
  });

  it.each([
    '',
    '*',
    '*.',
    '*.*.example.ma',
    'cdn.*.ma',
    'https://example.ma',
    'example.ma/photos',
    'u@example.ma',
    'example.ma:99999',
    'example.ma:',
    'a..ma',
    '*.127.0.0.1',
    '*.[::1]',
    'exa mple.ma',
    'example.ma\n',
    '[::1',
  ])('%j is refused', (entry) => {
    expect(canonicalImageHost(entry)).toBeUndefined();
  });
});

describe('a port that the site names', () => {
  const site = {
    imageHosts: ['cdn.example.ma:8443', 'pictures.example.ma'],
    origins: ['https://www.example.ma:9000', 'no origin'],
  };

  it.each([
    ['cdn.example.ma:8443', true],
    ['cdn.example.ma:8080', false],
    // In an origin it is named for every host.
    ['pictures.example.ma:9000', true],
    ['pictures.example.ma:8443', false],
  ])('%s: %s', (host, isNamed) => {
    expect(isPortNamed(host, site)).toBe(isNamed);
  });
});
