import type { webcrypto } from 'node:crypto';
import { deriveKey } from '../config/secret.js';
import { invalid } from '../core/errors.js';
import type { VoterNetworks } from '../database/voter-networks.js';
import type { SiteCaller, SiteSettings } from './caller.js';
import type { DeviceTokens } from './device-token.js';
import { HmacSha256 } from './hmac.js';
import { importSigningSecret, readerSigningSecret, readReaderToken } from './reader-token.js';
import type { Sealed } from './sealed.js';

/** A person as far as we can tell. */
export interface Reporter {
  /** 16 bytes: a keyed hash, different on every site. A pseudonym, hence personal data. */
  readonly hash: Buffer;
  /** How we know: a device's token, an account in a token the site signed, an account the site named. */
  readonly kind: 'device' | 'account' | 'named';
  /** Null: network caps do not hold for this reporter. */
  readonly networks: VoterNetworks | null;
  /** The hash as a device of one who reports as an account. */
  readonly device: Buffer | null;
}

/** Who a report says it is from. */
export interface ReporterClaim {
  readonly device?: string;
  /** A JWT signed by the site; with a device, this one counts. */
  readonly token?: string;
  /** The site's own name for the account; for its secret key alone. */
  readonly account?: string;
}

interface SiteKeys {
  readonly reporters: HmacSha256;
  readonly signing: Promise<webcrypto.CryptoKey>;
}

const HASH_BYTES = 16;
const LONGEST_ACCOUNT = 255;

/** Tells reporters apart without keeping who they are (docs/rules.md, "Identity of readers"). */
export class Reporters {
  private readonly keys = new Map<string, SiteKeys>();

  constructor(
    private readonly secret: Buffer,
    private readonly sealed: Sealed,
    private readonly devices: DeviceTokens,
  ) {}

  /**
   * The reporter behind a claim. An account is the same person whether the site signs a token for it or names it.
   *
   * @throws VigieError INVALID with a pointer under /reporter
   */
  async identifyReporter(
    site: Pick<SiteSettings, 'id' | 'slug'>,
    caller: Pick<SiteCaller, 'kind'>,
    { device, token, account }: ReporterClaim,
  ): Promise<Reporter> {
    if (account !== undefined) {
      checkAccount(caller, account, token ?? device);
      return uncapped(this.hash(site.id, 'account', account), 'named');
    }
    const opened = device === undefined ? undefined : this.devices.openDevice(device);
    if (opened === null) {
      throw invalid(
        '/reporter/device',
        'This is not a device token of this service. Ask for one at POST /v1/devices.',
      );
    }
    if (token !== undefined) {
      return uncapped(this.hash(site.id, 'account', await this.accountIn(token, site)), 'account');
    }
    if (opened === undefined) throw invalid('/reporter', 'Say who reports: "device", "token" or "account".');
    return uncapped(this.hash(site.id, 'device', opened.id), 'device');
  }

  /** The secret with which the site signs its readers' tokens; its UTF-8 bytes are the key. */
  readerSigningSecret(site: Pick<SiteSettings, 'id'>): string {
    return readerSigningSecret(this.secret, site.id);
  }

  private async accountIn(token: string, site: Pick<SiteSettings, 'id' | 'slug'>): Promise<string> {
    const key = await this.keysOf(site.id).signing;
    const read = await readReaderToken(token, key, [site.slug, this.sealed.id('sit', site.id)]);
    if ('problem' in read) throw invalid('/reporter/token', read.problem);
    return read.account;
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

const uncapped = (hash: Buffer, kind: Reporter['kind']): Reporter => ({
  hash,
  kind,
  networks: null,
  device: null,
});

function checkAccount(caller: Pick<SiteCaller, 'kind'>, account: string, other: string | undefined): void {
  const refuse = (detail: string) => invalid('/reporter/account', detail);
  if (caller.kind !== 'secret') {
    throw refuse(
      'Only the secret key may name an account; with a publishable key send a "token" the site signed.',
    );
  }
  if (other !== undefined) throw refuse('Name the account alone, without "device" or "token".');
  if (account.length === 0 || account.length > LONGEST_ACCOUNT) {
    throw refuse(`Must be a text of 1 to ${LONGEST_ACCOUNT} characters.`);
  }
}
