import { Injectable } from '@nestjs/common';
import {
  type Caller,
  roleOn,
  type SiteCaller,
  type SiteSettings,
  type StaffCaller,
} from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { ImageRef } from '../contract/image-ref.js';
import type {
  AppealImageBody,
  BlockImageBody,
  ProtectImageBody,
  PublishedImage,
} from '../contract/publishing.js';
import { invalid, notFound, refused, VigieError } from '../core/errors.js';
import type { DecisionAction } from '../core/command.js';
import type { Policy } from '../core/reasons.js';
import { Database } from '../database/database.js';
import { loadPublishedImage } from '../database/statements/images/load-published-image.js';
import { readStandingDecision } from '../database/statements/cases/read-decisions.js';
import { BindAddresses } from '../moderation/bind-addresses.js';
import type { ImageCommand, PublishImage as PublishCommand, Target } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { addressKey, keysOf, ownIdKey, urlsOf } from '../moderation/wanted-key.js';
import { wholeSeconds } from './whole-seconds.js';

/** What the publisher, or staff outside a case, say of an image: block, protection, appeal, addresses. */
@Injectable()
export class PublishImage {
  constructor(
    private readonly siteOf: SiteOf,
    private readonly neck: Neck,
    private readonly bindings: BindAddresses,
    private readonly database: Database,
    private readonly sealed: Sealed,
  ) {}

  /** The publisher's own block; by staff a moderator's, which is a decision and names its policy. */
  async block(caller: Caller, site: string | undefined, body: BlockImageBody): Promise<PublishedImage> {
    const of = await this.siteOf.siteFor(caller, site, 'moderator');
    const { reasons } = of;
    const note = body.note ?? null;
    if (caller.kind === 'staff') {
      if (body.policy === undefined)
        throw invalid('/policy', 'Name the content rule that this decision cites.');
      if (!reasons.includes(body.policy)) {
        throw invalid('/policy', `This site has no such policy. It has: ${reasons.join(', ')}.`);
      }
      // The reason that is shown is the policy.
      if (body.reason !== undefined && body.reason !== body.policy) {
        throw invalid('/reason', 'Must be the policy: leave it out, or name the policy again.');
      }
      return this.decide(caller, of, body.image, 'block', body.policy, note);
    }
    if (body.policy !== undefined) throw invalid('/policy', 'Only staff cite a policy; say a "reason".');
    if (body.reason === undefined) throw invalid('/reason', 'Say why the image is blocked.');
    return this.publish(caller, of, body.image, 'publisher-block', { reason: body.reason, note });
  }

  /** Takes the publisher's block back; by staff, keeps the image: what a moderator or a rule blocked is lifted. */
  async unblock(caller: Caller, site: string | undefined, image: ImageRef): Promise<PublishedImage> {
    const of = await this.siteOf.siteFor(caller, site, 'moderator');
    if (caller.kind === 'staff') return this.decide(caller, of, image, 'keep', null, null);
    return this.publish(caller, of, image, 'publisher-unblock', {});
  }

  async protect(caller: Caller, site: string | undefined, body: ProtectImageBody): Promise<PublishedImage> {
    const of = await this.siteOf.siteFor(caller, site, 'moderator');
    return this.publish(caller, of, body.image, 'protect', { note: body.note ?? null });
  }

  async unprotect(caller: Caller, site: string | undefined, image: ImageRef): Promise<PublishedImage> {
    const of = await this.siteOf.siteFor(caller, site, 'moderator');
    return this.publish(caller, of, image, 'unprotect', {});
  }

  /**
   * The site asks for another look at a blocked image.
   *
   * @throws VigieError NOT_FOUND where nobody knows it; CONFLICT where there is nothing to appeal
   */
  async appeal(caller: SiteCaller, { image, note }: AppealImageBody): Promise<PublishedImage> {
    const target = await this.target(caller, caller.site, image, false, '/image');
    return this.run({ type: 'appeal', siteId: caller.site.id, target, note: note ?? null }, image, '/image');
  }

  async withdrawAppeal(caller: SiteCaller, image: ImageRef): Promise<PublishedImage> {
    const target = await this.target(caller, caller.site, image, false, '');
    return this.run({ type: 'withdraw-appeal', siteId: caller.site.id, target, note: null }, image, '');
  }

  /** @param urls as given; all are checked before any is bound */
  async bind(site: SiteSettings, id: string, urls: readonly string[]): Promise<PublishedImage> {
    const addresses = urls.map((url, index) => addressKey(site, url, `/urls/${index}`, true));
    const imageId = await this.bindings.bind(site.id, id, addresses.flatMap(urlsOf));
    return this.answer(site.id, imageId, { id });
  }

  private async publish(
    caller: Caller,
    site: SiteSettings,
    image: ImageRef,
    type: PublishCommand['type'],
    { reason = null, note = null }: Partial<Pick<PublishCommand, 'reason' | 'note'>>,
  ): Promise<PublishedImage> {
    const make = type === 'publisher-block' || type === 'protect';
    const pointer = make ? '/image' : '';
    const target = await this.target(caller, site, image, make, pointer);
    const actor =
      caller.kind === 'staff'
        ? { kind: 'staff' as const, id: caller.staffId }
        : ({ kind: 'site', id: null } as const);
    return this.run({ type, siteId: site.id, target, actor, reason, note }, image, pointer);
  }

  private async decide(
    caller: StaffCaller,
    site: SiteSettings,
    image: ImageRef,
    action: DecisionAction,
    policy: Policy | null,
    note: string | null,
  ): Promise<PublishedImage> {
    const make = action === 'block';
    const pointer = make ? '/image' : '';
    const target = await this.target(caller, site, image, make, pointer);
    return this.run(
      {
        type: 'decide',
        siteId: site.id,
        target,
        seen: null,
        action,
        policy,
        note,
        reports: action === 'block' ? 'valid' : 'ignore',
        staffId: caller.staffId,
        lead: roleOn(caller, site.id) !== 'moderator',
        bulk: false,
        contentVersion: null,
      },
      image,
      pointer,
    );
  }

  /** @param pointer to the image: in the body of what makes it, in the query of what takes back */
  private async target(
    caller: Caller,
    site: SiteSettings,
    { url, id }: ImageRef,
    make: boolean,
    pointer: string,
  ): Promise<Target> {
    if (url === undefined && id === undefined)
      throw invalid(pointer, 'Name the image: "url", "id", or both.');
    const address = url === undefined ? null : addressKey(site, url, `${pointer}/url`, make);
    const byAddress = address === null ? [] : keysOf(address);
    if (id === undefined) return { keys: byAddress };
    // Only the site itself says that an address is the image of this id.
    if (make && address !== null && caller.kind === 'secret')
      await this.bindings.bind(site.id, id, urlsOf(address));
    const byId = ownIdKey(site.id, id, make && caller.kind === 'secret');
    return { keys: [byId, ...byAddress], alsoNamed: byAddress };
  }

  /** @param pointer to the image */
  private async run(command: ImageCommand, image: ImageRef, pointer: string): Promise<PublishedImage> {
    const outcome = await this.neck.moderateOne(command);
    if (!outcome.ok) throw refusalOf(outcome.refusal, pointer);
    const answer = await this.answer(command.siteId, outcome.imageId, image);
    const decisionId = outcome.decisionId ?? (await this.repeated(command, outcome.imageId));
    return decisionId === null ? answer : { ...answer, decision: this.sealed.id('dec', decisionId) };
  }

  /** The decision that said the same before, where it stands and was this very person's: the first answer may be lost. */
  private async repeated(command: ImageCommand, imageId: string): Promise<string | null> {
    if (command.type !== 'decide') return null;
    const standing = await readStandingDecision(this.database, { siteId: command.siteId, imageId });
    if (standing === undefined) return null;
    const { action, policy, staffId } = command;
    const isSame = standing.action === action && standing.policy === policy && standing.staffId === staffId;
    return isSame ? standing.id : null;
  }

  private async answer(siteId: string, imageId: string, { url, id }: ImageRef): Promise<PublishedImage> {
    const row = await loadPublishedImage(this.database, siteId, imageId);
    if (row === undefined) throw notFound('image');
    const { blocked, reason, reviewed, since, version } = row;
    return {
      image: { ...(url === undefined ? {} : { url }), ...(id === undefined ? {} : { id }) },
      blocked,
      ...(reason === null ? {} : { reason, reviewed }),
      ...(since === null ? {} : { since: wholeSeconds(since.getTime()) }),
      version,
      protected: row.protected,
      appealed: row.appealed,
      blocks: row.blocks.map((block) => ({ ...block, since: wholeSeconds(Date.parse(block.since)) })),
      addresses: row.addresses,
    };
  }
}

function refusalOf(refusal: string, pointer: string): VigieError {
  if (refusal === 'two-images') {
    return invalid(
      `${pointer}/url`,
      'Is the address of another image than the one of this "id": name one of them.',
    );
  }
  if (refusal === 'needs-lead') {
    return refused(
      'FORBIDDEN',
      'escalated',
      'The case of this image was escalated: a lead of the site decides.',
    );
  }
  if (refusal === 'nothing-to-appeal')
    return new VigieError('CONFLICT', 'This image is visible: there is nothing to appeal against.');
  if (refusal === 'own-block') {
    return new VigieError(
      'CONFLICT',
      'Only your own block hides this image: take it back (DELETE /v1/images/block).',
    );
  }
  return notFound('image');
}
