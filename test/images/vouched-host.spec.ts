import { vouchedHost } from '../../src/images/vouched-host.js';

const SITE = { bound: false, origins: ['https://www.example.ma'], imageHosts: [] as string[] };

describe('the host that is asked for an image', () => {
  it.each([
    ['https://www.example.ma/a.jpg', SITE, 'www.example.ma'],
    ['https://cdn.www.example.ma/a.jpg', SITE, 'cdn.www.example.ma'],
    // A port of its own, if the site names it.
    ['https://www.example.ma:8443/a.jpg', SITE, null],
    ['https://cdn.example.ma:8443/a.jpg', { ...SITE, imageHosts: ['cdn.example.ma'] }, null],
    ['https://cdn.example.ma:8443/a.jpg', { ...SITE, imageHosts: ['*.example.ma:8443'] }, 'cdn.example.ma'],
    ['https://b.example.ma:1/a.jpg', { ...SITE, imageHosts: ['a.example.ma:1', 'b.example.ma'] }, null],
    [
      'https://cdn.www.example.ma:1/a.jpg',
      { ...SITE, origins: ['https://www.example.ma:1'] },
      'cdn.www.example.ma',
    ],
    ['http://[::1]:3000/a.jpg', { ...SITE, origins: ['http://[::1]:3000'] }, '[::1]'],
    ['https://elsewhere.example:8443/a.jpg', { ...SITE, bound: true }, 'elsewhere.example'],
    ['https://example.ma/a.jpg', SITE, null],
    ['https://www.example.ma/a.jpg', { ...SITE, imageHosts: ['cdn.example.ma'] }, null],
    ['http://cdn.example.ma/a.jpg', { ...SITE, imageHosts: ['cdn.example.ma'] }, 'cdn.example.ma'],
    ['https://elsewhere.example/a.jpg', { ...SITE, bound: true }, 'elsewhere.example'],
    ['file:///etc/passwd', { ...SITE, bound: true }, null],
    ['https://user:password@www.example.ma/a.jpg', SITE, null],
    ['nonsense', SITE, null],
  ])('%s, with %j: %s', (url, site, host) => {
    const vouched = vouchedHost(url, site);
    expect(vouched.ok ? vouched.host : null).toBe(host);
  });
});
