import { DataSource, type DeepPartial } from 'typeorm';
import { makeKey } from '../../../src/access/keys/api-keys.js';
import { dataSourceOptions } from '../../../src/database/data-source.js';
import { Database } from '../../../src/database/database.js';
import { DEFAULT_THRESHOLD_RULE } from '../../../src/core/threshold-rule.js';
import { ApiKey } from '../../../src/database/entities/api-key.entity.js';
import { Membership, type MembershipRole } from '../../../src/database/entities/membership.entity.js';
import { Site } from '../../../src/database/entities/site.entity.js';
import { Staff } from '../../../src/database/entities/staff.entity.js';
import { ThresholdRuleVersion } from '../../../src/database/entities/threshold-rule.entity.js';
import { createTestDatabase } from '../../setup/test-database.js';

/** A database of the test file's own, and rows of settings in it. */
export class SettingsRows {
  private constructor(
    readonly url: string,
    readonly database: Database,
    private readonly drop: () => Promise<void>,
  ) {}

  static async create(): Promise<SettingsRows> {
    const database = await createTestDatabase();
    const dataSource = await new DataSource(dataSourceOptions(database.url, 4)).initialize();
    return new SettingsRows(database.url, new Database(dataSource), () => database.drop());
  }

  async remove(): Promise<void> {
    await this.database.dataSource.destroy();
    await this.drop();
  }

  /** The site's database id. */
  async site(slug: string, changes: Partial<Site> = {}): Promise<string> {
    const site = {
      slug,
      name: slug,
      origins: [`https://${slug}.example`],
      imageHosts: [],
      locale: 'fr',
      timeZone: 'Africa/Casablanca',
      reasons: ['violence', 'other'],
      ruleVersion: 1,
      demo: false,
      ...changes,
    } satisfies Partial<Site>;
    const siteId = await this.insert(Site, site);
    const rule = { siteId, version: site.ruleVersion, rule: DEFAULT_THRESHOLD_RULE, createdBy: null };
    await this.database.dataSource.manager.insert(ThresholdRuleVersion, rule);
    return siteId;
  }

  /** The database id of a member of staff. */
  async staff(email: string, roles: Record<string, MembershipRole> = {}, admin = false): Promise<string> {
    const staffId = await this.insert(Staff, { email, passwordHash: 'none', admin });
    for (const [siteId, role] of Object.entries(roles)) {
      await this.database.dataSource.manager.insert(Membership, { siteId, staffId, role });
    }
    return staffId;
  }

  async siteKey(kind: 'publishable' | 'secret', siteId: string): Promise<string> {
    const { key, hash, hint } = makeKey(kind);
    await this.insert(ApiKey, { kind, siteId, hash, hint, name: '', scopes: [] });
    return key;
  }

  async token(staffId: string, scopes: string[], milliseconds = 3_600_000): Promise<string> {
    const { key, hash, hint } = makeKey('staff');
    const expiresAt = new Date(Date.now() + milliseconds);
    await this.insert(ApiKey, { kind: 'staff', staffId, hash, hint, name: '', scopes, expiresAt });
    return key;
  }

  /** Revokes every key of a site. */
  async revokeKeysOf(siteId: string): Promise<void> {
    await this.database.dataSource.manager.update(ApiKey, { siteId }, { revokedAt: new Date() });
  }

  private async insert<Row extends { id: string }>(
    entity: new () => Row,
    row: Partial<Row>,
  ): Promise<string> {
    const { manager } = this.database.dataSource;
    return (await manager.save(manager.create(entity, row as DeepPartial<Row>))).id;
  }
}
