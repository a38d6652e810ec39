import { createTransport } from 'nodemailer';
import type { SmtpSettings } from '../config/load-config.js';
import { withoutPrivate } from '../http/loggable.js';

/** Milliseconds that a server may take to be connected to, to greet, and between two words. */
const PATIENCE = 10_000;

/** A letter of plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of its language, such as `fr`. */
  readonly language: string;
}

/**
 * Why a letter was not sent, in the server's words, which often name whom it is for: those are kept with the job, and shown to
 * admins.
 */
class MailRefused extends Error {
  override readonly name = 'MailRefused';

  constructor(error: unknown, to: string) {
    const said = error instanceof Error ? error.message : String(error);
    const [local = to] = to.split('@', 1);
    const quoted = local.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    // Without what is next to it that could belong to a longer word.
    const alone = new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'giu');
    super(withoutPrivate(said).replaceAll(alone, '[e-mail]'));
  }
}

/** The operator's own mail server. It may be in a private network: nobody but the operator chooses it. */
export class Mailer {
  constructor(
    private readonly settings: SmtpSettings,
    private readonly patience = PATIENCE,
  ) {}

  /**
   * Hands a letter to the server.
   *
   * @throws MailRefused where it does not take it: nobody's address is in that
   */
  async send({ to, subject, text, language }: Letter, signal?: AbortSignal): Promise<void> {
    const transport = this.transport();
    const cut = (): void => transport.close();
    signal?.addEventListener('abort', cut);
    try {
      await transport.sendMail({
        from: this.settings.from ?? '',
        // As an object: an address that looks like a list stays one address.
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw new MailRefused(error, to);
    } finally {
      signal?.removeEventListener('abort', cut);
      transport.close();
    }
  }

  /** Connects, and signs in where there is a user. Throws what went wrong. */
  async check(): Promise<void> {
    const transport = this.transport();
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
  }

  private transport() {
    const { url } = this.settings;
    if (url === null) throw new Error('No mail server is set: SMTP_URL.');
    return createTransport({
      url,
      connectionTimeout: this.patience,
      greetingTimeout: this.patience,
      socketTimeout: this.patience,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}
