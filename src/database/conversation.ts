import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

/** A client, with what its driver does not show in its types. */
interface Shown {
  readonly connection: { readonly stream: Socket };
  readonly processID: number;
}

/** What is said on a connection of a pool, told by the bytes that its socket has sent and read. */
export class Conversation {
  /** Of the backend at its other end, as it said at the beginning. */
  readonly pid: number;
  /** Looks in a row that found it asked, and nothing read since the one before. */
  silentLooks = 0;
  /** By this process' clock, in ms. */
  private readonly began = performance.now();
  private readonly stream: Socket;
  /** Bytes that had been sent when all that had been asked was answered. */
  private answered: number;
  /** Bytes that had been read at the last look. */
  private read: number;

  constructor(client: PoolClient) {
    this.stream = shown(client).connection.stream;
    this.pid = shown(client).processID;
    this.answered = this.stream.bytesWritten;
    this.read = this.stream.bytesRead;
    // The driver says so with the last answer, of several that were asked for at once, too.
    client.on('drain', () => (this.answered = this.stream.bytesWritten));
  }

  /** In seconds. The backend is older, by the time that saying who we are took. */
  get age(): number {
    return (performance.now() - this.began) / 1_000;
  }

  /** Something was asked that is not answered. */
  get isAsked(): boolean {
    return this.stream.bytesWritten > this.answered;
  }

  /** Nothing was read since the last look. */
  get isSilent(): boolean {
    return this.stream.bytesRead === this.read;
  }

  /** From here on what is read is for somebody else. */
  begin(): void {
    this.read = this.stream.bytesRead;
    this.silentLooks = 0;
  }

  look(): void {
    this.silentLooks = this.isSilent && this.isAsked ? this.silentLooks + 1 : 0;
    this.read = this.stream.bytesRead;
  }

  /** Whoever waits gets an error. */
  giveUp(): void {
    this.stream.destroy();
  }
}

const shown = (client: PoolClient): Shown => client as unknown as Shown;
