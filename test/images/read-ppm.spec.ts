import { readPpm } from '../../src/images/read-ppm.js';

const file = (header: string, ...samples: number[]): Buffer =>
  Buffer.concat([Buffer.from(header, 'latin1'), Buffer.from(samples)]);
const read = (bytes: Buffer): unknown => {
  const { width, height, rgb } = readPpm(bytes, 1000);
  return [width, height, [...rgb]];
};

describe('a binary PPM file', () => {
  it.each([
    ['plain', file('P6\n2 1\n255\n', 1, 2, 3, 4, 5, 6), [2, 1, [1, 2, 3, 4, 5, 6]]],
    ['with comments', file('P6 # by hand\n# 7 7\n1\t# w\n1\r\n255 ', 9, 8, 7), [1, 1, [9, 8, 7]]],
    ['with samples that look like white space', file('P6 1 1 255\n', 10, 32, 35), [1, 1, [10, 32, 35]]],
    ['with more after its picture', file('P6 1 1 255\n', 1, 2, 3, 80, 54), [1, 1, [1, 2, 3]]],
    ['of 16 bits', file('P6 1 1 65535\n', 0xff, 0xff, 0x80, 0x00, 0x00, 0xff), [1, 1, [255, 128, 1]]],
    ['of 10 bits', file('P6 1 1 1023\n', 3, 255, 1, 255, 0, 2), [1, 1, [255, 127, 0]]],
    ['of 4 bits, with one that is too high', file('P6 1 1 15\n', 15, 7, 200), [1, 1, [255, 119, 255]]],
  ])('is read: %s', (_, bytes, pixels) => {
    expect(read(bytes)).toEqual(pixels);
  });

  it.each([
    ['ends too early', file('P6 2 1 255\n', 1, 2, 3, 4, 5), 'damaged'],
    ['of 16 bits ends too early', file('P6 1 1 65535\n', 1, 2, 3, 4, 5), 'damaged'],
    ['has no width', file('P6 0 1 255\n', 1), 'damaged'],
    ['has no samples', file('P6 1 1 0\n', 1, 1, 1), 'damaged'],
    ['has samples of 17 bits', file('P6 1 1 65536\n', 1, 1, 1), 'damaged'],
    ['has a header without end', Buffer.from(`P6 ${'# x\n'.repeat(5000)}`), 'damaged'],
    ['is text', file('P3 1 1 255\n', 49), 'damaged'],
    ['has too many pixels', file('P6 1001 1 255\n'), 'too-many-pixels'],
    ['has more pixels than numbers can hold', file('P6 999999999 999999999 255\n'), 'too-many-pixels'],
  ])('is refused when it %s', (_, bytes, code) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
