import type { webcrypto } from 'node:crypto';
import { deriveKey } from '../../config/secret.js';
import { invalid } from '../../core/errors.js';
import type { VoterNetworks } from '../../database/voter-networks.js';
import type { SiteCaller, SiteSettings } from '../caller.js';
import type { Device, DeviceTokens } from './device-token.js';
import { HmacSha256 } from '../sealing/hmac.js';
import type { Networks, Sender } from './networks.js';
import {
  importSigningSecret,
  type ReaderAccount,
  readerSigningSecret,
  readReaderToken,
} from './reader-token.js';
import { checkAccount, checkAddress, type ReporterClaim } from './reporter-claim.js';
import type { Sealed } from '../sealing/sealed.js';

/** A person as far as we can tell. */
export interface Reporter {
  /** 16 bytes: a keyed hash, different on every site. A pseudonym, hence personal data. */
  readonly hash: Buffer;
  /** How we know: a device's token, an account in a token the site signed, an account the site named. */
  readonly kind: 'device' | 'account' | 'named';
  /** Null: network caps do not hold for this reporter. */
  readonly networks: VoterNetworks | null;
  /** For how many minutes this reporter has been known, as `ageMinutes` counts; null: nobody can say. */
  readonly ageMinutes: number | null;
  /** The hash as a device of one who reports as an account. */
  readonly device: Buffer | null;
}

interface SiteKeys {
  readonly reporters: HmacSha256;
  readonly signing: Promise<webcrypto.CryptoKey>;
}

const HASH_BYTES = 16;

/** Ages above 22 days are all the same: a small number in the database, and nothing to tell people apart by. */
const LONGEST_AGE = 32_767;

/** @param since in seconds since 1970 */
const minutesSince = (since: number | null): number | null =>
  since === null ? null : Math.min(LONGEST_AGE, Math.max(0, Math.floor((Date.now() / 1_000 - since) / 60)));

/** Tells reporters apart without keeping who they are (docs/rules.md, "Identity of readers"). */
export class Reporters {
  private readonly keys = new Map<string, SiteKeys>();

  constructor(
    private readonly secret: Buffer,
    private readonly sealed: Sealed,
    private readonly devices: DeviceTokens,
    private readonly networks: Networks,
  ) {}

  /**
   * The reporter behind a claim. An account is the same person whether the site signs a token for it or names it; a report
   * with a token and a device is the account's, and tells which device it was made on.
   *
   * @param sender the request; asked for its address only if network caps hold for the reporter
   * @throws VigieError INVALID with a pointer under /reporter
   */
  async identifyReporter(
    site: Pick<SiteSettings, 'id' | 'slug'>,
    caller: Pick<SiteCaller, 'kind'>,
    { device, token, account, address }: ReporterClaim,
    sender: Sender,
  ): Promise<Reporter> {
    if (address !== undefined) checkAddress(caller, address);
    if (account !== undefined) {
      checkAccount(caller, account, token ?? device);
      return this.namedReporter(site, account);
    }
    const from = address === undefined ? sender : { ip: address };
    const opened = device === undefined ? null : this.openDevice(site.id, device);
    const asDevice = opened === null ? null : this.hash(site.id, 'device', opened.id);
    if (token !== undefined) {
      const signed = await this.accountIn(token, site);
      return {
        hash: this.hash(site.id, 'account', signed.account),
        kind: 'account',
        networks: signed.vouchedFor ? null : this.voterNetworks(site.id, from, opened),
        ageMinutes: minutesSince(signed.since),
        device: asDevice,
      };
    }
    if (asDevice === null) throw invalid('/reporter', 'Say who reports: "device", "token" or "account".');
    const networks = this.voterNetworks(site.id, from, opened);
    const ageMinutes = minutesSince(opened?.issuedAt ?? null);
    return { hash: asDevice, kind: 'device', networks, ageMinutes, device: null };
  }

  /** The account that a site names itself, of 1 to 255 characters. Network caps do not hold for it. */
  namedReporter(site: Pick<SiteSettings, 'id'>, account: string): Reporter {
    const hash = this.hash(site.id, 'account', account);
    return { hash, kind: 'named', networks: null, ageMinutes: null, device: null };
  }

  /**
   * The hash of a reader whom nobody reports as: by the site's name of the account, or else by a device's token.
   *
   * @throws VigieError INVALID at /device for a token that is not of this site
   */
  pseudonymOf(
    site: Pick<SiteSettings, 'id'>,
    { account, device = '' }: { readonly account?: string | undefined; readonly device?: string | undefined },
  ): Buffer {
    if (account !== undefined) return this.hash(site.id, 'account', account);
    return this.hash(site.id, 'device', this.openDevice(site.id, device, '/device').id);
  }

  /** The secret with which the site signs its readers' tokens; its UTF-8 bytes are the key. */
  readerSigningSecret(site: Pick<SiteSettings, 'id'>): string {
    return readerSigningSecret(this.secret, site.id);
  }

  private async accountIn(token: string, site: Pick<SiteSettings, 'id' | 'slug'>): Promise<ReaderAccount> {
    const key = await this.keysOf(site.id).signing;
    const read = await readReaderToken(token, key, [site.slug, this.sealed.id('sit', site.id)]);
    if ('problem' in read) throw invalid('/reporter/token', read.problem);
    return read;
  }

  private openDevice(siteId: string, token: string, pointer = '/reporter/device'): Device {
    const device = this.devices.openDevice(siteId, token);
    if (device !== null) return device;
    throw invalid(
      pointer,
      'This is not a device token of this site. Ask for a new one: solve GET /v1/challenges, then POST /v1/devices.',
    );
  }

  private voterNetworks(siteId: string, sender: Sender, device: Device | null): VoterNetworks {
    const { narrow, wide } = this.networks.networksOf(siteId, sender);
    const minted = device === null || device.network.equals(narrow) ? null : device.network;
    return { narrow, wide, minted };
  }

  private hash(siteId: string, kind: 'account' | 'device', name: string | Buffer): Buffer {
    const { reporters } = this.keysOf(siteId);
    const message =
      typeof name === 'string' ? `${kind}|${name}` : Buffer.concat([Buffer.from(`${kind}|`), name]);
    return reporters.digest(message).subarray(0, HASH_BYTES);
  }

  private keysOf(siteId: string): SiteKeys {
    let keys = this.keys.get(siteId);
    if (keys === undefined) {
      keys = {
        reporters: new HmacSha256(deriveKey(this.secret, `site ${siteId}: reporters`)),
        signing: importSigningSecret(readerSigningSecret(this.secret, siteId)),
      };
      this.keys.set(siteId, keys);
    }
    return keys;
  }
}
