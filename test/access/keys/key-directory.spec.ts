import { makeKey } from '../../../src/access/keys/api-keys.js';
import { KeyDirectory, notifySettingsChanged, type Verdict } from '../../../src/access/keys/key-directory.js';
import { Doorbell } from '../../../src/database/listen.js';
import type { Statement } from '../../../src/database/statement.js';
import { Staff } from '../../../src/database/entities/staff.entity.js';
import { ApiKey } from '../../../src/database/entities/api-key.entity.js';
import { SettingsRows } from '../sites/settings-rows.js';

let rows: SettingsRows;
const silent = { on: () => () => true };

beforeAll(async () => {
  rows = await SettingsRows.create();
});
afterAll(() => rows.remove());

/** A directory on the real database, which counts its queries and whose clock and connection the test holds. */
function directory() {
  const state = { queries: 0, now: 0, away: false };
  const database = {
    query: async <Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]> => {
      state.queries += 1;
      if (state.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return rows.database.query<Row>(statement, values);
    },
  };
  return { state, keys: new KeyDirectory(database, silent, () => state.now) };
}

const siteOf = (verdict: Verdict | undefined): string | undefined =>
  verdict !== undefined && 'caller' in verdict && verdict.caller.kind !== 'staff'
    ? verdict.caller.site.id
    : undefined;
const refused = (sentence: RegExp) => ({ refused: expect.stringMatching(sentence) as string });

describe('a key of a site', () => {
  it('is looked up once, and then known without a query and without waiting', async () => {
    const siteId = await rows.site('once');
    const header = `Bearer ${await rows.siteKey('publishable', siteId)}`;
    const { keys, state } = directory();
    expect(keys.recall(header)).toBeUndefined();
    const verdict = await keys.lookUp(header);
    expect(verdict).toEqual({
      caller: {
        kind: 'publishable',
        site: {
          id: siteId,
          slug: 'once',
          name: 'once',
          origins: ['https://once.example'],
          imageHosts: ['once.example', '*.once.example'],
          addressRules: {},
          locale: 'fr',
          timeZone: 'Africa/Casablanca',
          reasons: ['violence', 'other'],
          nearMatches: 'suggest',
          severeInstructions: null,
          automatic: true,
        },
      },
    });
    expect(keys.recall(header)).toBe(verdict);
    expect(await keys.lookUp(header)).toBe(verdict);
    expect(state.queries).toBe(1);
  });

  it('costs one query when many ask at once', async () => {
    const header = `Bearer ${await rows.siteKey('secret', await rows.site('many'))}`;
    const { keys, state } = directory();
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => keys.lookUp(header)));
    expect(new Set(verdicts).size).toBe(1);
    expect(state.queries).toBe(1);
  });

  it('keeps the hosts that its site names', async () => {
    const siteId = await rows.site('hosts', { imageHosts: ['cdn.example.ma'] });
    const verdict = await directory().keys.lookUp(`Bearer ${await rows.siteKey('secret', siteId)}`);
    expect(verdict).toMatchObject({ caller: { kind: 'secret', site: { imageHosts: ['cdn.example.ma'] } } });
  });

  it('is asked about again after five seconds', async () => {
    const siteId = await rows.site('ttl');
    const header = `Bearer ${await rows.siteKey('secret', siteId)}`;
    const { keys, state } = directory();
    await keys.lookUp(header);
    await rows.revokeKeysOf(siteId);
    state.now = 4_999;
    expect(siteOf(keys.recall(header))).toBe(siteId);
    state.now = 5_000;
    expect(keys.recall(header)).toBeUndefined();
    expect(await keys.lookUp(header)).toEqual(refused(/revoked/));
    // The refusal is remembered too, in place of the caller.
    expect(keys.recall(header)).toEqual(refused(/revoked/));
    expect(state.queries).toBe(2);
  });

  it('goes on counting while Postgres is away', async () => {
    const siteId = await rows.site('away');
    const header = `Bearer ${await rows.siteKey('secret', siteId)}`;
    const { keys, state } = directory();
    await keys.lookUp(header);
    state.away = true;
    state.now = 60_000;
    expect(siteOf(await keys.lookUp(header))).toBe(siteId);
    expect(siteOf(keys.recall(header))).toBe(siteId);
    await rows.revokeKeysOf(siteId);
    state.away = false;
    state.now = 65_000;
    expect(await keys.lookUp(header)).toEqual(refused(/revoked/));
    state.away = true;
    state.now = 70_000;
    await expect(keys.lookUp(header)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('that was never seen is not let in while Postgres is away', async () => {
    const { keys, state } = directory();
    state.away = true;
    const header = `Bearer ${makeKey('secret').key}`;
    await expect(keys.lookUp(header)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    state.away = false;
    expect(await keys.lookUp(header)).toEqual(refused(/unknown/));
  });
});

describe('what is no key', () => {
  it.each(['', 'Bearer', 'Bearer ', 'Bearer vg_sec_x', 'Basic dTpw', 'Bearer a b', makeKey('secret').key])(
    '%j is refused without a query',
    async (header) => {
      const { keys, state } = directory();
      expect(await keys.lookUp(header)).toEqual(refused(/mistyped/));
      expect(state.queries).toBe(0);
    },
  );

  it('a typo is refused without a query', async () => {
    const key = await rows.siteKey('secret', await rows.site('typo'));
    const { keys, state } = directory();
    const typo = key.slice(0, 12) + (key[12] === 'x' ? 'y' : 'x') + key.slice(13);
    expect(await keys.lookUp(`Bearer ${typo}`)).toEqual(refused(/mistyped/));
    expect(state.queries).toBe(0);
  });

  it('a key that we never made is asked about once', async () => {
    const { keys, state } = directory();
    const header = `Bearer ${makeKey('staff').key}`;
    expect(await keys.lookUp(header)).toEqual(refused(/unknown/));
    expect(await keys.lookUp(header)).toEqual(refused(/unknown/));
    expect(state.queries).toBe(1);
  });
});

describe('a token of staff', () => {
  it('says who, with which roles and scopes', async () => {
    const siteId = await rows.site('staffed');
    const staffId = await rows.staff('sara@example.ma', { [siteId]: 'lead' });
    const verdict = await directory().keys.lookUp(`Bearer ${await rows.token(staffId, ['review'])}`);
    expect(verdict).toEqual({
      caller: {
        kind: 'staff',
        staffId,
        email: 'sara@example.ma',
        admin: false,
        legal: false,
        scopes: ['review'],
        roles: new Map([[siteId, 'lead']]),
        tokenId: expect.stringMatching(/^\d+$/) as string,
      },
    });
  });

  it('is refused once it has expired, and not remembered beyond', async () => {
    const staffId = await rows.staff('expired@example.ma');
    const gone = `Bearer ${await rows.token(staffId, [], -1_000)}`;
    expect(await directory().keys.lookUp(gone)).toEqual(refused(/expired/));

    const soon = `Bearer ${await rows.token(staffId, [], 3_000)}`;
    const { keys, state } = directory();
    expect(await keys.lookUp(soon)).toHaveProperty('caller');
    state.now = 3_000;
    expect(keys.recall(soon)).toBeUndefined();
  });

  it('is refused when its owner was disabled', async () => {
    const staffId = await rows.staff('gone@example.ma');
    const header = `Bearer ${await rows.token(staffId, [])}`;
    const { keys } = directory();
    expect(await keys.lookUp(header)).toHaveProperty('caller');
    await rows.database.dataSource.manager.update(Staff, { id: staffId }, { disabledAt: new Date() });
    keys.forget();
    expect(await keys.lookUp(header)).toEqual(refused(/closed/));
  });

  it('is not trusted from memory while Postgres is away', async () => {
    const header = `Bearer ${await rows.token(await rows.staff('away@example.ma'), [])}`;
    const { keys, state } = directory();
    await keys.lookUp(header);
    state.away = true;
    state.now = 5_000;
    await expect(keys.lookUp(header)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a change of settings', () => {
  it('is seen at once by the process that made it', async () => {
    const siteId = await rows.site('at-once');
    const header = `Bearer ${await rows.siteKey('secret', siteId)}`;
    const { keys } = directory();
    await keys.lookUp(header);
    await rows.revokeKeysOf(siteId);
    keys.forget();
    expect(keys.recall(header)).toBeUndefined();
    expect(await keys.lookUp(header)).toEqual(refused(/revoked/));
  });

  it('is not undone by a question that was under way', async () => {
    const siteId = await rows.site('under-way');
    const header = `Bearer ${await rows.siteKey('secret', siteId)}`;
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    let first = true;
    const slow = {
      query: async <Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]> => {
        const found = await rows.database.query<Row>(statement, values);
        if (first) {
          first = false;
          await held;
        }
        return found;
      },
    };
    const keys = new KeyDirectory(slow, silent);
    const before = keys.lookUp(header);
    await rows.revokeKeysOf(siteId);
    keys.forget();
    expect(await keys.lookUp(header)).toEqual(refused(/revoked/));
    answer();
    await before;
    expect(keys.recall(header)).toEqual(refused(/revoked/));
  });

  it('is heard by another process long before its memory expires', async () => {
    const siteId = await rows.site('heard');
    const header = `Bearer ${await rows.siteKey('secret', siteId)}`;
    const doorbell = new Doorbell(rows.url, { sessionPooling: true });
    try {
      // The clock stands still: without the notification this directory would never ask again.
      const keys = new KeyDirectory(rows.database, doorbell, () => 0);
      await rang(doorbell); // connected
      expect(await keys.lookUp(header)).toHaveProperty('caller');
      const heard = rang(doorbell);
      await rows.database.inTransaction(async (tx) => {
        await tx.manager.update(ApiKey, { siteId }, { revokedAt: new Date() });
        await notifySettingsChanged(tx);
      });
      await heard;
      expect(await keys.lookUp(header)).toEqual(refused(/revoked/));
    } finally {
      await doorbell.close();
    }
  });
});

/** The next ring; on a channel already listened to, a new handler is not rung for joining. */
function rang(doorbell: Doorbell): Promise<void> {
  return new Promise((resolve) => {
    const stop = doorbell.on('vigie_settings', () => {
      stop();
      resolve();
    });
  });
}
