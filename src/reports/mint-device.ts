import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { SiteSettings } from '../access/caller.js';
import { Challenges, type SolvedChallenge } from '../access/readers/challenges.js';
import { DeviceTokens } from '../access/readers/device-token.js';
import { Networks, type Sender } from '../access/readers/networks.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { ChallengeAnswer } from '../contract/reports.js';
import { invalid, rateLimited, type VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  addMintedDevice,
  countMintedDevices,
  lockMintedDevices,
  type Minted,
  type MintedAround,
  type MintingNetworks,
} from '../database/statements/readers/minted-devices.js';
import { spendChallenge } from '../database/statements/readers/spent-challenges.js';
import type { Tx } from '../database/tx.js';
import { difficultyFor } from './difficulty.js';
import { Turns } from '../access/limits/turns.js';

/** The most connections that minting takes in one process, and asking for challenges as many; a quarter of a small pool. */
const MOST_AT_ONCE = 3;

/** Who waits for one of them has an answer well within a second. */
const LONGEST_LINE = 100;

/** Challenges are good for ten minutes; so many that were spent are known without a question, some 200 bytes each. */
const REMEMBERED = 10_000;

/**
 * How a browser becomes a device: it asks for a challenge, solves it, and is given a token for the proof. Work and quota
 * count by network, and slow down whoever makes many; that they count for little is the matter of the network caps.
 */
@Injectable()
export class MintDevice {
  private readonly settings: VigieConfig['devices'];
  private readonly minting: Turns;
  private readonly asking: Turns;
  /** By hash. What is not known here may be spent nevertheless: Postgres alone says that it is not. */
  private readonly spent = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    private readonly database: Database,
    private readonly networks: Networks,
    private readonly challenges: Challenges,
    private readonly devices: DeviceTokens,
    @Inject(CONFIG) config: Pick<VigieConfig, 'devices' | 'database'>,
  ) {
    this.settings = config.devices;
    const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(config.database.poolSize / 4)));
    this.minting = new Turns(atOnce, LONGEST_LINE);
    this.asking = new Turns(atOnce, LONGEST_LINE);
  }

  /**
   * A challenge for this network, the harder the more devices it has minted of late.
   *
   * @throws VigieError UNAVAILABLE when too many ask at once
   */
  async challenge({ id }: Pick<SiteSettings, 'id'>, sender: Sender): Promise<ChallengeAnswer> {
    const networks = this.networksOf(id, sender);
    const { narrow } = await this.asking.take(() => countMintedDevices(this.database, networks));
    return this.challenges.makeChallenge(id, difficultyFor(narrow.devices, this.settings));
  }

  /**
   * A device's token for a proof, which is spent with it: of many who send the same one, one gets a token. A proof that
   * is refused for the quota is not spent.
   *
   * @throws VigieError INVALID with the pointer /proof; RATE_LIMITED when the network has had its devices of the day;
   *   UNAVAILABLE when too many mint at once
   */
  async mint({ id }: Pick<SiteSettings, 'id'>, proof: string, sender: Sender): Promise<string> {
    const solved = await this.challenges.readProof(id, proof);
    if ('problem' in solved) throw invalid('/proof', solved.problem);
    const networks = this.networksOf(id, sender);
    const hash = solved.hash.toString('latin1');
    this.refuseSpent(hash);
    await this.minting.take(async () => {
      // Another who sent the same may have had its turn before this one.
      this.refuseSpent(hash);
      const isFirst = await this.database.inIndexedTransaction((tx) => this.spend(tx, networks, solved));
      this.spent.set(hash, true);
      if (!isFirst) throw usedAlready();
    });
    return this.devices.mintDevice(id, networks.narrow);
  }

  /**
   * Spends the challenge, and then takes the lock under which the quota is counted: whoever sends what is spent, or comes
   * from a network that has had its devices, does not get into anybody's way. A refusal for the quota unspends.
   *
   * @returns false when it was spent before
   */
  private async spend(tx: Tx, networks: MintingNetworks, solved: SolvedChallenge): Promise<boolean> {
    const [isFirst, minted] = await Promise.all([
      spendChallenge(tx, networks.siteId, solved),
      countMintedDevices(tx, networks),
    ]);
    if (!isFirst) return false;
    this.checkQuota(minted, solved);
    lockMintedDevices(tx, networks);
    this.checkQuota(await countMintedDevices(tx, networks), solved);
    addMintedDevice(tx, networks);
    return true;
  }

  private checkQuota({ narrow, wide }: MintedAround, { maxnumber }: SolvedChallenge): void {
    refuseOver(narrow, this.settings.perNetworkPerDay);
    refuseOver(wide, this.settings.perWideNetworkPerDay);
    // Challenges may be gathered while they are easy: such a one is good while the work has doubled once since, no more.
    if (2 * maxnumber < difficultyFor(narrow.devices, this.settings)) {
      throw invalid(
        '/proof',
        'Many devices were made in your network since: this challenge is too easy now. Ask for a new one at GET /v1/challenges.',
      );
    }
  }

  private refuseSpent(hash: string): void {
    if (this.spent.get(hash) === true) throw usedAlready();
  }

  private networksOf(siteId: string, sender: Sender): MintingNetworks {
    return { siteId, ...this.networks.networksOf(siteId, sender) };
  }
}

const usedAlready = (): VigieError =>
  invalid('/proof', 'This solution was used already. Ask for a new challenge at GET /v1/challenges.');

function refuseOver({ devices, fewerIn }: Minted, quota: number): void {
  if (devices < quota) return;
  throw rateLimited(
    'Too many devices were made in your network today. Try again later; whoever has a device or an account can report meanwhile.',
    fewerIn,
  );
}
