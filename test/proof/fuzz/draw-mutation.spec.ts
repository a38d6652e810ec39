import { drawMutation } from '../../../proof/fuzz/draw-mutation.js';
import { FIELD_MUTATIONS } from '../../../proof/fuzz/field-mutations.js';
import { curlOf, type FuzzRequest } from '../../../proof/fuzz/request.js';
import { Seeded } from '../../setup/seeded.js';

const request: FuzzRequest = {
  route: 'POST /v1/reports',
  method: 'POST',
  url: '/v1/reports?site=here',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"image":{"url":"https://cdn.here.ma/1.jpg"},"reason":"spam"}'),
};

/** Texts are compared at once, buffers byte by byte: and some have millions. */
const asText = ({ body, ...rest }: FuzzRequest): object => ({ ...rest, body: body?.toString('latin1') });

it('draws the same from the same seed, and leaves what it was given alone', () => {
  const before = structuredClone(asText(request));
  for (let seed = 0; seed < 100; seed += 1) {
    const [once, again] = [new Seeded(seed), new Seeded(seed)].map((random) =>
      asText(drawMutation(request, random).apply(request, random)),
    );
    expect(again).toEqual(once);
  }
  expect(asText(request)).toEqual(before);
});

it.each(FIELD_MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  'makes another body: %s',
  (_, mutation) => {
    const bodies = Array.from(
      { length: 30 },
      (_none, seed) => mutation.apply(request, new Seeded(seed)).body?.toString() ?? '',
    );
    expect(bodies.some((body) => body !== request.body?.toString())).toBe(true);
  },
);

it('makes a field of __proto__, which an assignment would not', () => {
  const unknown = FIELD_MUTATIONS.find(({ name }) => name === 'an unknown field');
  const bodies = Array.from(
    { length: 200 },
    (_, seed) => unknown?.apply(request, new Seeded(seed)).body?.toString() ?? '',
  );
  expect(bodies.some((body) => body.includes('"__proto__":'))).toBe(true);
  expect(Object.prototype).not.toHaveProperty('polluted');
});

it('spoils nothing that Node would refuse to send', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const random = new Seeded(seed);
    const { url, headers } = drawMutation(request, random).apply(request, random);
    expect(url).toMatch(/^[\x21-\x7e]+$/);
    for (const value of Object.values(headers)) expect(value).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
  }
});

it('shows a request as a shell takes it', () => {
  expect(curlOf({ ...request, body: Buffer.from(`{"a":"it's"}`) }, 3000)).toBe(
    `curl -i --path-as-is -X POST -H 'content-type: application/json' 'http://127.0.0.1:3000/v1/reports?site=here' ` +
      `--data-binary '{"a":"it'\\''s"}'`,
  );
  expect(curlOf({ ...request, body: Buffer.from([0, 255]) }, 3000)).toContain('2 bytes, base64 AP8=');
});
