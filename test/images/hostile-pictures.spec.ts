import { ImageProblem, type ExaminedImage } from '../../src/images/examine-image.js';
import { examineProgram, photo } from './examining.js';
import { gifOfFrames, pngBomb } from './hostile-pictures.js';

const program = examineProgram();
const examiner = program.examiner();

afterAll(async () => {
  await examiner.close();
  program.remove();
});

const look = (bytes: Buffer): Promise<ExaminedImage> => examiner.examine(bytes, { snapshots: false });

/** What became of it: the code of the problem, or the format. */
const outcome = (bytes: Buffer): Promise<string> =>
  look(bytes).then(
    ({ format }) => format,
    (error: unknown) => (error instanceof ImageProblem ? error.code : String(error)),
  );

describe('hostile bytes', () => {
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("http://127.0.0.1")</script></svg>';
  const jpeg = photo().jpeg({ quality: 90 }).toBuffer();

  it.each([
    ['an SVG with a script, whatever its name', Buffer.from(script), 'not-supported'],
    [
      'an SVG after a declaration and comments',
      Buffer.from(`<?xml version="1.0"?><!-- a --><!-- b -->${script}`),
      'not-supported',
    ],
    ['a TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1'), 'not-supported'],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'not-supported'],
    ['HTML', Buffer.from('<!doctype html><img src="x.png">'), 'not-an-image'],
    ['HTML around an SVG', Buffer.from(`<html>${script}`), 'not-an-image'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'not-an-image'],
    ['a zip', Buffer.from('PK\x03\x04'), 'not-an-image'],
    ['nothing', Buffer.alloc(0), 'not-an-image'],
    ['a JPEG of two bytes', Buffer.from([0xff, 0xd8]), 'not-an-image'],
    ['a script that begins like a GIF', Buffer.from(`GIF89a/*${' '.repeat(300)}*/=1;alert(1)`), 'damaged'],
    [
      'a PNG that is an SVG after eight bytes',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(script)]),
      'damaged',
    ],
    ['an AVIF that is a header only', Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif', 'latin1'), 'damaged'],
    ['a WebP that is a header only', Buffer.from('RIFF\xff\0\0\0WEBPVP8 ', 'latin1'), 'damaged'],
    ['a PNG of 100 megapixels', pngBomb(10_000, 10_000), 'too-many-pixels'],
    ['a PNG that is 4 billion pixels wide', pngBomb(0, 1).fill(0x7f, 16, 20), 'damaged'],
  ])('are told from a picture: %s', async (_, bytes, code) => {
    expect(await outcome(bytes)).toBe(code);
    expect(await outcome(await jpeg)).toBe('jpeg');
  });

  it('are damaged where a picture ends too early, wherever it does', async () => {
    const whole = await jpeg;
    for (const share of [0.01, 0.3, 0.9, 0.99]) {
      expect(await outcome(whole.subarray(0, Math.floor(share * whole.length)))).toBe('damaged');
    }
    const png = await photo().png().toBuffer();
    expect(await outcome(png.subarray(0, png.length / 2))).toBe('damaged');
    const webp = await photo().webp().toBuffer();
    expect(await outcome(webp.subarray(0, webp.length / 2))).toBe('damaged');
    expect(await outcome(whole)).toBe('jpeg');
  });

  it('are a picture still where something else follows it', async () => {
    const found = await look(
      Buffer.concat([await jpeg, Buffer.from('PK\x03\x04 a zip that shares the file')]),
    );
    expect(found.pdq).toEqual((await look(await jpeg)).pdq);
  });

  it('may be a GIF of thousands of frames: one is looked at', async () => {
    const one = await photo().resize(120, 80).gif().toBuffer();
    const found = await look(gifOfFrames(one, 5000));
    expect(found).toMatchObject({ format: 'gif', width: 120, height: 80, pdq: (await look(one)).pdq });
  });

  it('repeat nothing of themselves in what is said of them', async () => {
    const bytes = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    await expect(look(bytes)).rejects.toMatchObject({
      message: expect.not.stringContaining('script') as string,
    });
  });
});
