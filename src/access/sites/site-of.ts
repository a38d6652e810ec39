import { invalid, notFound, VigieError } from '../../core/errors.js';
import type { MembershipRole } from '../../database/entities/membership.entity.js';
import { findSite } from '../../database/statements/sites/find-site.js';
import type { Tx } from '../../database/tx.js';
import { includesRole, roleOn, type Caller, type SiteSettings, type StaffCaller } from '../caller.js';
import type { Sealed } from '../sealing/sealed.js';
import { siteSettings } from './site-settings.js';

/** What may be a slug; the rest is not worth a query, and Postgres takes no NUL. It has no underscore, as ids have. */
const SLUG = /^[a-z0-9-]{1,63}$/;

/** Which site a request is about. What belongs to others and what does not exist get the same answer (invariant 9). */
export class SiteOf {
  constructor(
    private readonly database: Pick<Tx, 'query'>,
    private readonly sealed: Sealed,
  ) {}

  /**
   * The one site that the request is about: a key's own; for staff the named one, by public id or slug.
   *
   * @throws VigieError INVALID when staff name none, NOT_FOUND when it is not theirs, FORBIDDEN when they are less
   *   than `minimum` there
   */
  async siteFor(
    caller: Caller,
    siteParam: string | undefined,
    minimum: MembershipRole,
  ): Promise<SiteSettings> {
    if (caller.kind !== 'staff') {
      if (siteParam !== undefined && !this.names(siteParam, caller.site)) throw notFound('site');
      return caller.site;
    }
    if (siteParam === undefined) throw invalid('/site', 'Say which site: its id ("sit_...") or its slug.');
    return this.ofStaff(caller, siteParam, minimum);
  }

  /**
   * The database ids of all sites that the request is about: as `siteFor` when one is named; otherwise every site on
   * which the caller is at least `minimum`. Null: all there are (admin).
   *
   * @throws VigieError as `siteFor` does; FORBIDDEN when there is no such site
   */
  async sitesFor(
    caller: Caller,
    siteParam: string | undefined,
    minimum: MembershipRole,
  ): Promise<readonly string[] | null> {
    if (caller.kind !== 'staff' || siteParam !== undefined) {
      return [(await this.siteFor(caller, siteParam, minimum)).id];
    }
    if (caller.admin) return null;
    const sites = [...caller.roles]
      .filter(([, role]) => includesRole(role, minimum))
      .map(([siteId]) => siteId);
    if (sites.length === 0) throw tooLow(minimum, 'any site');
    return sites;
  }

  private async ofStaff(
    caller: StaffCaller,
    siteParam: string,
    minimum: MembershipRole,
  ): Promise<SiteSettings> {
    const row = await this.find(siteParam);
    if (row === undefined) throw notFound('site');
    checkRole(caller, row.id, minimum, 'site');
    return siteSettings(row);
  }

  private async find(siteParam: string) {
    if (SLUG.test(siteParam)) return findSite(this.database, { slug: siteParam });
    const id = this.sealed.databaseId('sit', siteParam);
    return id === null ? undefined : findSite(this.database, { id });
  }

  private names(siteParam: string, site: SiteSettings): boolean {
    return siteParam === site.slug || this.sealed.databaseId('sit', siteParam) === site.id;
  }
}

/**
 * May this person have what belongs to a site, which they named by its own id?
 *
 * @param what it is
 * @throws VigieError NOT_FOUND where they have no role on the site, FORBIDDEN when they are less than `minimum` there
 */
export function checkRole(caller: StaffCaller, siteId: string, minimum: MembershipRole, what: string): void {
  const role = roleOn(caller, siteId);
  if (role === null) throw notFound(what);
  if (!includesRole(role, minimum)) throw tooLow(minimum, 'this site');
}

const tooLow = (minimum: MembershipRole, where: string): VigieError =>
  new VigieError(
    'FORBIDDEN',
    `This needs the role of ${minimum} on ${where}. Ask a lead of the site for it.`,
  );
