/**
 * A condition: somebody works on a site, as an admin or as a member. Their membership is locked, so that one which is being taken
 * away is waited for; `admin` tells what their account says, which must be locked before.
 */
export const worksOn = (admin: string, staffId: string, siteId: string): string =>
  `(${admin} or exists (select from membership
                                 where membership.site_id = ${siteId} and membership.staff_id = ${staffId} for share))`;
