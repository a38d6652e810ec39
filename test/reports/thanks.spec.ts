import { LOCALES } from '../../src/core/reasons.js';
import { thanks } from '../../src/reports/thanks.js';
import { Service, type TestSite } from '../setup/service.js';

const URL = 'https://cdn.example.ma/photos/1.jpg';

describe('what a reader is told', () => {
  let service: Service;
  let site: TestSite;
  let admin: string;

  beforeEach(async () => {
    service = await Service.open({ ROLE: 'api' });
    site = await service.site();
    admin = await service.staffToken('admin@vigie.ma', 'admin');
  });
  afterEach(() => service.close());

  const setAutoBlock = async (autoBlock: boolean): Promise<void> => {
    const { status } = await service.ask('PUT', '/v1/sites/example/threshold-rule', admin, { autoBlock });
    expect(status).toBe(200);
  };
  const reported = async (url: string, account: string): Promise<unknown> =>
    (await service.report(site, url, account)).body['message'];
  const automatic = async (): Promise<unknown> =>
    (await service.ask('GET', '/v1/reasons', site.publishableKey, undefined, { origin: site.origin })).body[
      'automatic'
    ];

  it('promises a block only while the rule blocks by itself, from the first report after a change', async () => {
    expect([await automatic(), await reported(URL, 'one')]).toEqual([
      true,
      expect.stringContaining('bloquée automatiquement'),
    ]);
    await setAutoBlock(false);
    expect([await automatic(), await reported(URL, 'two')]).toEqual([
      false,
      'Merci. C’est un modérateur qui décidera si cette image est bloquée.',
    ]);
    await setAutoBlock(true);
    expect([await automatic(), await reported(URL, 'three')]).toEqual([
      true,
      expect.stringContaining('bloquée automatiquement'),
    ]);
  });

  it.each([true, false])(
    'is the same for every report on an image, protected or not, counted or not (rule 17): autoBlock %s',
    async (autoBlock) => {
      await setAutoBlock(autoBlock);
      const guarded = 'https://cdn.example.ma/photos/2.jpg';
      const protection = await service.ask('PUT', '/v1/images/protection', site.secretKey, {
        image: { url: guarded },
      });
      expect(protection.status).toBe(200);
      const device = await service.mintDevice(site);
      const bodies = [
        (await service.report(site, URL, 'one')).body,
        (await service.report(site, guarded, 'one')).body,
        // Three devices of one network, of which two count.
        ...(await Promise.all(
          [device, await service.mintDevice(site), await service.mintDevice(site)].map(async (each) => {
            const answer = await service.ask('POST', '/v1/reports', site.secretKey, {
              image: { url: URL },
              reason: 'violence',
              reporter: { device: each, address: '203.0.113.9' },
            });
            return answer.body;
          }),
        )),
      ];
      const [first] = bodies;
      for (const { message, outcome, image } of bodies) {
        expect({ message, outcome, image }).toEqual({
          message: first?.['message'],
          outcome: 'recorded',
          image: { blocked: false },
        });
      }
    },
  );

  it('is still that they had reported, or that the image is blocked, whatever the rule', async () => {
    await service.reports(site, URL, 5);
    await setAutoBlock(false);
    expect(await reported(URL, 'sixth')).toBe('Merci. Cette image est bloquée.');
    expect(await reported(URL, 'sixth')).toMatch(/^Merci, vous aviez déjà signalé/);
  });
});

it.each(LOCALES)('promises nothing automatic in %s where a person decides', (locale) => {
  const promise = /autom[aá]ti|تلقائي/;
  const said = (automatic: boolean): string =>
    thanks(undefined, { locale, automatic }, { recorded: true, blocked: false });
  expect(said(true)).toMatch(promise);
  expect(said(false)).not.toMatch(promise);
  expect(said(false)).not.toBe(
    thanks(undefined, { locale, automatic: false }, { recorded: false, blocked: false }),
  );
});

it('keeps French punctuation with its word', () => {
  for (const automatic of [true, false]) {
    for (const recorded of [true, false]) {
      for (const blocked of [true, false]) {
        expect(thanks('fr', { locale: 'fr', automatic }, { recorded, blocked })).not.toMatch(/ [:;!?»]|« /);
      }
    }
  }
});
