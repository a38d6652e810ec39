import { checkInstallation, WrongSecretError } from '../../../src/access/sealing/installation.js';
import { SettingsRows } from '../sites/settings-rows.js';

const ours = Buffer.alloc(32, 1);
const another = Buffer.alloc(32, 2);

describe('the secret of an installation', () => {
  let rows: SettingsRows;
  beforeEach(async () => {
    rows = await SettingsRows.create();
  });
  afterEach(() => rows.remove());

  it('is the one of the first start, and of no other', async () => {
    await checkInstallation(rows.database, ours);
    await checkInstallation(rows.database, ours);
    await expect(checkInstallation(rows.database, another)).rejects.toThrow(WrongSecretError);
    await expect(checkInstallation(rows.database, another)).rejects.toThrow(/VIGIE_SECRET/);
    await checkInstallation(rows.database, ours);
  });

  it('is decided once when two processes start at once with two secrets', async () => {
    const starts = await Promise.allSettled(
      [ours, another, ours, another].map((secret) => checkInstallation(rows.database, secret)),
    );
    const [first, second, third, fourth] = starts.map(({ status }) => status);
    expect(first).toBe(third);
    expect(second).toBe(fourth);
    expect(first).not.toBe(second);
  });

  it('is not stored, nor what it derives for other purposes', async () => {
    await checkInstallation(rows.database, ours);
    const stored = await rows.database.query<{ value: Buffer }>({
      name: 'test-read-check',
      text: 'select secret_check as value from installation',
    });
    expect(stored).toHaveLength(1);
    expect(stored[0]?.value).toHaveLength(32);
    expect(stored[0]?.value.equals(ours)).toBe(false);
  });
});
