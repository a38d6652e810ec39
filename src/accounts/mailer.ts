import { createTransport } from 'nodemailer';
import type { SmtpSettings } from '../config/load-config.js';

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

/** The operator's own mail server. It may be in a private network: nobody but the operator chooses it. */
export class Mailer {
  constructor(
    private readonly settings: SmtpSettings,
    private readonly patience = PATIENCE,
  ) {}

  /** Hands a letter to the server. Throws where it does not take it. */
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
