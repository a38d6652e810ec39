import { readUrl } from '../../src/core/read-url.js';

describe('an address', () => {
  it('is read, alone or against another', () => {
    expect(readUrl('https://www.example.ma/a b')?.href).toBe('https://www.example.ma/a%20b');
    expect(readUrl('../b.jpg', 'https://www.example.ma/photos/a.jpg')?.href).toBe(
      'https://www.example.ma/b.jpg',
    );
  });

  it('is null where there is none', () => {
    expect(readUrl('b.jpg')).toBeNull();
    expect(readUrl('https://')).toBeNull();
    expect(readUrl('b.jpg', 'not a base')).toBeNull();
  });

  it('may have a host with letters such as é, however often it is asked for', () => {
    const hosts = new Set<string | undefined>();
    for (let turn = 0; turn < 20_000; turn += 1) {
      hosts.add(readUrl('https://éditeur.example/a.jpg')?.host);
      hosts.add(readUrl('a.jpg', 'https://éditeur.example/')?.host);
    }
    expect([...hosts]).toEqual(['xn--diteur-9ua.example']);
  });
});
