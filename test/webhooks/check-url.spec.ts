import { VigieError } from '../../src/core/errors.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { checkEndpointUrl } from '../../src/webhooks/check-url.js';

const nowhere = new Reachable([]);
const intranet = new Reachable(['10.0.0.0/8', 'fd00::/8', '127.0.0.1/32']);

function problemOf(url: string, reachable = nowhere): string {
  try {
    return `taken as ${checkEndpointUrl(url, reachable)}`;
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    expect(error.fields[0]?.pointer).toBe('/url');
    return error.detail;
  }
}

describe('the address of an endpoint', () => {
  it.each([
    ['https://www.example.ma/hook', 'https://www.example.ma/hook'],
    ['HTTPS://WWW.Example.ma:443/hook#part', 'https://www.example.ma/hook'],
    ['https://www.example.ma:8443/hook?key=1', 'https://www.example.ma:8443/hook?key=1'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://éditeur.example/', 'https://xn--diteur-9ua.example/'],
  ])('%s is taken', (given, taken) => {
    expect(checkEndpointUrl(given, nowhere)).toBe(taken);
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['the rest of its network', '127.8.9.10'],
    ['decimal', '2130706433'],
    ['octal', '0177.0.0.1'],
    ['octal whole', '017700000001'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['hexadecimal whole', '0x7f000001'],
    ['short', '127.1'],
    ['with a trailing dot', '127.0.0.1.'],
    ['full-width digits', '１２７.０.０.１'],
    ['percent-encoded', '%31%32%37.0.0.1'],
    ['unspecified', '0.0.0.0'],
    ['zero', '0'],
    ['private, 10', '10.0.0.1'],
    ['private, 172', '172.16.0.1'],
    ['private, 192', '192.168.0.1'],
    ['the cloud’s metadata', '169.254.169.254'],
    ['the cloud’s metadata, decimal', '2852039166'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 unspecified', '[::]'],
    ['IPv6 link-local', '[fe80::1]'],
    ['IPv6 unique local', '[fd00::1]'],
    ['IPv4-mapped', '[::ffff:127.0.0.1]'],
    ['IPv4-mapped, hexadecimal', '[::ffff:7f00:1]'],
    ['IPv4-mapped metadata', '[::ffff:a9fe:a9fe]'],
    ['IPv4-compatible', '[::127.0.0.1]'],
    ['IPv4-translated', '[::ffff:0:7f00:1]'],
    ['NAT64', '[64:ff9b::7f00:1]'],
    ['6to4', '[2002:7f00:1::]'],
    ['local names', 'localhost'],
    ['local names with a trailing dot', 'localhost.'],
    ['names below localhost', 'vigie.localhost'],
    ['names of a local network', 'printer.local'],
    ['the cloud’s own names', 'metadata.google.internal'],
  ])('%s (%s) is refused, with a pointer', (_, host) => {
    expect(problemOf(`https://${host}/hook`)).toMatch(/^Must not be a private or reserved address/);
    expect(problemOf(`http://${host}/hook`)).toMatch(/^Must begin with https/);
  });

  it('holds no credentials, whatever host they hide', () => {
    for (const url of [
      'https://user@www.example.ma/',
      'https://:pass@www.example.ma/',
      'https://www.example.ma@127.0.0.1/',
      'https://127.0.0.1@www.example.ma/',
    ]) {
      expect(problemOf(url)).toMatch(/^Must hold no user and password/);
    }
  });

  it('may be private, and plain, in networks that the operator allows', () => {
    expect(checkEndpointUrl('http://10.1.2.3/hook', intranet)).toBe('http://10.1.2.3/hook');
    expect(checkEndpointUrl('http://[fd00::7]:8080/', intranet)).toBe('http://[fd00::7]:8080/');
    expect(checkEndpointUrl('http://127.1/', intranet)).toBe('http://127.0.0.1/');
    // Names are judged when they are connected to.
    expect(checkEndpointUrl('http://hooks.intern/', intranet)).toBe('http://hooks.intern/');
    expect(problemOf('https://192.168.0.1/', intranet)).toMatch(/^Must not be a private/);
    expect(problemOf('http://8.8.8.8/', intranet)).toMatch(/^Must begin with https/);
  });
});
