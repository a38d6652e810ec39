import type { Caller, StaffCaller } from '../../../src/access/caller.js';
import { KeyDirectory } from '../../../src/access/keys/key-directory.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';
import { SiteOf } from '../../../src/access/sites/site-of.js';
import { SettingsRows } from './settings-rows.js';

const sealed = new Sealed(Buffer.alloc(32, 1));
let rows: SettingsRows;
let siteOf: SiteOf;
let mine: string;
let led: string;
let foreign: string;
let staff: StaffCaller;
let admin: StaffCaller;
let site: Caller;

beforeAll(async () => {
  rows = await SettingsRows.create();
  siteOf = new SiteOf(rows.database, sealed);
  mine = await rows.site('mine');
  led = await rows.site('led');
  foreign = await rows.site('foreign');
  const keys = new KeyDirectory(rows.database, { on: () => () => true });
  const callerBy = async (key: string): Promise<Caller> => {
    const verdict = await keys.lookUp(`Bearer ${key}`);
    if ('refused' in verdict) throw new Error(verdict.refused);
    return verdict.caller;
  };
  const staffId = await rows.staff('sara@example.ma', { [mine]: 'moderator', [led]: 'lead' });
  staff = (await callerBy(await rows.token(staffId, []))) as StaffCaller;
  admin = (await callerBy(await rows.token(await rows.staff('a@example.ma', {}, true), []))) as StaffCaller;
  site = await callerBy(await rows.siteKey('secret', mine));
});
afterAll(() => rows.remove());

const publicId = (id: string): string => sealed.id('sit', id);

describe('the site of a key', () => {
  it('is its own, named or not', async () => {
    for (const named of [undefined, 'mine', publicId(mine)]) {
      expect((await siteOf.siteFor(site, named, 'lead')).id).toBe(mine);
      expect(await siteOf.sitesFor(site, named, 'lead')).toEqual([mine]);
    }
  });

  it('behaviour 49: is never another, and nothing tells whether that one exists', async () => {
    const answers = await Promise.all(
      ['foreign', publicId(foreign), 'no-such', 'sit_x', '', foreign, publicId('999')].map((named) =>
        siteOf.siteFor(site, named, 'moderator').catch((error: unknown) => error),
      ),
    );
    expect(new Set(answers.map((error) => JSON.stringify(error))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
    await expect(siteOf.sitesFor(site, 'foreign', 'moderator')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the site of staff', () => {
  it('is the one they name, by slug or id', async () => {
    expect((await siteOf.siteFor(staff, 'mine', 'moderator')).id).toBe(mine);
    expect((await siteOf.siteFor(staff, publicId(mine), 'moderator')).slug).toBe('mine');
    expect((await siteOf.siteFor(staff, 'led', 'lead')).imageHosts).toEqual(['led.example', '*.led.example']);
    expect(await siteOf.sitesFor(staff, 'mine', 'moderator')).toEqual([mine]);
  });

  it('must be named', async () => {
    await expect(siteOf.siteFor(staff, undefined, 'moderator')).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ pointer: '/site' }],
    });
  });

  it('behaviour 49: is not found when it is not theirs, as if it did not exist', async () => {
    const answers = await Promise.all(
      ['foreign', publicId(foreign), 'no-such', publicId('999'), 'sit_x', mine, '', '\0', 'é'].map((named) =>
        siteOf.siteFor(staff, named, 'moderator').catch((error: unknown) => error),
      ),
    );
    expect(new Set(answers.map((error) => JSON.stringify(error))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is forbidden when their role there is too low', async () => {
    await expect(siteOf.siteFor(staff, 'mine', 'lead')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(siteOf.sitesFor(staff, 'mine', 'lead')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('unnamed, is every one where their role is enough', async () => {
    expect((await siteOf.sitesFor(staff, undefined, 'moderator'))?.toSorted()).toEqual(
      [mine, led].toSorted(),
    );
    expect(await siteOf.sitesFor(staff, undefined, 'lead')).toEqual([led]);
    const nobody = { ...staff, roles: new Map() };
    await expect(siteOf.sitesFor(nobody, undefined, 'moderator')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is any for an admin', async () => {
    expect((await siteOf.siteFor(admin, 'foreign', 'lead')).id).toBe(foreign);
    expect(await siteOf.sitesFor(admin, undefined, 'lead')).toBeNull();
    await expect(siteOf.siteFor(admin, 'no-such', 'lead')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
