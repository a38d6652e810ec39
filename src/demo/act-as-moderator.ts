import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { SiteSettings } from '../access/caller.js';
import type { ImageRef } from '../contract/image-ref.js';
import { vouchesFor } from '../core/canonical-address.js';
import { type DemoWhy, invalid, refused, type VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { Staff } from '../database/entities/staff.entity.js';
import { findImages } from '../database/statements/images/find-images.js';
import { readStandingDecision } from '../database/statements/cases/read-decisions.js';
import type { ImageCommand, Outcome } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { type AddressKey, addressKey, keysOf } from '../moderation/wanted-key.js';
import { ADMINISTRATOR } from './create-demonstration.js';
import { decisionOf } from './decision-of.js';
import type { ModeratorAction, ModeratorAnswer } from './moderator-body.js';

/** The demonstration's administrator reviews an image of its site, through the same neck as every decision. */
@Injectable()
export class ActAsModerator {
  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
  ) {}

  /**
   * @throws VigieError INVALID for an image that is not the site's; CONFLICT when there is nothing to undo, something
   *   newer stands in the way, or there is no administrator
   */
  async act(site: SiteSettings, image: ImageRef, action: ModeratorAction): Promise<ModeratorAnswer> {
    const key = keyOf(site, image, action === 'block');
    const staffId = await this.administrator();
    if (action === 'undo') return this.undo(site, image, key, staffId);
    const outcome = await this.neck.moderateOne(decision(site, key, staffId, action));
    // Nobody has reported it: it is shown already.
    if (!outcome.ok && outcome.refusal === 'unknown-image') {
      return { image, blocked: false, decided: false, undone: null };
    }
    const { visibility, decisionId } = done(outcome);
    return { image, blocked: visibility.blocked, decided: decisionId !== null, undone: null };
  }

  private async undo(
    site: SiteSettings,
    image: ImageRef,
    key: AddressKey,
    staffId: string,
  ): Promise<ModeratorAnswer> {
    const known = await findImages(
      this.database,
      keysOf(key).map(({ hash }) => hash),
    );
    const [found] = known.sort((a, b) => a.n - b.n);
    const standing =
      found === undefined
        ? undefined
        : await readStandingDecision(this.database, { siteId: site.id, imageId: found.imageId });
    if (standing === undefined) {
      throw conflict('nothing-to-undo', 'Nobody has decided on this image, so there is nothing to undo.');
    }
    const outcome = await this.neck.moderateOne({
      type: 'undo',
      siteId: site.id,
      target: { imageId: standing.imageId },
      decisionId: standing.id,
      staffId,
      lead: true,
    });
    const { visibility } = done(outcome);
    return { image, blocked: visibility.blocked, decided: true, undone: standing.action };
  }

  private async administrator(): Promise<string> {
    const staff = await this.database.inTransaction((tx) =>
      tx.manager.findOneBy(Staff, { email: ADMINISTRATOR, disabledAt: IsNull() }),
    );
    if (staff === null) {
      throw conflict(
        'no-administrator',
        `The demonstration decides as ${ADMINISTRATOR}, who is not among the staff of this installation.`,
      );
    }
    return staff.id;
  }
}

/** On the image itself: whatever case there is, in whatever state, is decided with it. */
const decision = (
  site: SiteSettings,
  key: AddressKey,
  staffId: string,
  action: 'keep' | 'block',
): ImageCommand =>
  decisionOf({
    siteId: site.id,
    target: { keys: keysOf(key) },
    seen: null,
    action,
    policy: action === 'block' ? 'other' : null,
    staffId,
  });

function keyOf(site: SiteSettings, { url, id }: ImageRef, make: boolean): AddressKey {
  if (url === undefined || id !== undefined) throw invalid('/image', 'Name the image by its "url" alone.');
  const key = addressKey(site, url, '/image/url', make);
  if (!vouchesFor(key, site.imageHosts, site.addressRules)) {
    throw invalid('/image/url', 'This is no picture of the demonstration site.');
  }
  return key;
}

function done(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (outcome.ok) return outcome;
  throw outcome.refusal === 'newer-case'
    ? conflict(
        'answered-since',
        'Readers have reported this image again since, so the decision can not be undone: decide anew.',
      )
    : conflict('changed', 'Something else was decided on this image at the same moment: look at it again.');
}

/** `why` is for the panel, which says it in the visitor's language. */
const conflict = (why: DemoWhy, detail: string): VigieError => refused('CONFLICT', why, detail);
