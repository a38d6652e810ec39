import { vouchedHost } from '../../src/images/vouched-host.js';

const SITE = { bound: false, origins: ['https://www.example.ma'], imageHosts: [] as string[] };

describe('the host that is asked for an image', () => {
  it.each([
    ['https://www.example.ma/a.jpg', SITE, 'www.example.ma'],
    ['https://cdn.www.example.ma:8443/a.jpg', SITE, 'cdn.www.example.ma:8443'],
    ['https://example.ma/a.jpg', SITE, null],
    ['https://www.example.ma/a.jpg', { ...SITE, imageHosts: ['cdn.example.ma'] }, null],
    ['http://cdn.example.ma/a.jpg', { ...SITE, imageHosts: ['cdn.example.ma'] }, 'cdn.example.ma'],
    ['https://elsewhere.example/a.jpg', { ...SITE, bound: true }, 'elsewhere.example'],
    ['file:///etc/passwd', { ...SITE, bound: true }, null],
    ['https://user:password@www.example.ma/a.jpg', SITE, null],
    ['nonsense', SITE, null],
  ])('%s, with %j: %s', (url, site, host) => {
    expect(vouchedHost(url, site)).toBe(host);
  });
});
