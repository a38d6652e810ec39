import type { ReceiptAnswer, ReportAnswer } from '../../contract/reports.js';
import { alone } from './alone.js';
import { deviceToken } from './device.js';
import { type Fate, keepReport, ownReport, ownReports, type OwnReport } from './own-reports.js';
import { type Ask, failureOf, passes } from './service.js';

/** What came of sending a report: the answer, or that it waits for the service, or that it is refused for good. */
export type Sent = ReportAnswer | 'waiting' | 'refused';

/** What has to be said of a report before it can be sent. */
export type Draft = Pick<OwnReport, 'image'> & Required<Pick<OwnReport, 'body'>>;

/** Milliseconds for which a report waits for the service. */
const KEPT_FOR = 3_600_000;

/** Milliseconds between two questions for what became of one report that nobody looks at. */
const FOLLOW_EVERY = 600_000;

/** The reports of this reader: sent, kept while the service is out of reach, followed, withdrawn. */
export interface Reports {
  send(draft: Draft): Promise<Sent>;
  /** Sends what waits, each report once whatever number of tabs is open, and tells what came of it. */
  sendWaiting(tell: (image: string, sent: Sent) => void): Promise<void>;
  /** Asks what became of a report; without `shown` only after a while. Undefined: it is nobody's any more. */
  follow(image: string, shown?: boolean): Promise<Fate | undefined>;
  /** @throws ServiceError */
  withdraw(image: string): Promise<void>;
}

/**
 * @param language that answers are to be in
 * @param accountToken a token that the site signs for its reader, where it has accounts
 */
export function readerReports(
  ask: Ask,
  language: () => string,
  accountToken: () => Promise<string | null>,
): Reports {
  /** Before this time the service does not want to be asked again. */
  let notBefore = 0;

  async function send({ image, body }: Draft): Promise<Sent> {
    try {
      const answer = await sendAs(body, await accountToken());
      const fate = answer.image.blocked ? 'blockedByRule' : 'pending';
      keepReport(image, { image, receipt: answer.receipt, fate, shown: fate, at: Date.now() });
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      if (!passes(failure)) return 'refused';
      notBefore = Date.now() + failure.wait;
      return 'waiting';
    }
  }

  async function sendAs(body: Draft['body'], account: string | null): Promise<ReportAnswer> {
    let token = account;
    let device: string | undefined;
    const post = (): Promise<ReportAnswer> =>
      ask(
        'POST',
        'reports',
        { ...body, reporter: { ...(device && { device }), ...(token && { token }) } },
        language(),
      );
    try {
      device = await deviceToken(ask);
    } catch (error) {
      // An account is enough; the device only ties the two together.
      if (!token) throw error;
    }
    try {
      return await post();
    } catch (error) {
      const { pointer } = failureOf(error);
      if (pointer === '/reporter/token') {
        // An account that can't be proven: the device reports alone.
        token = null;
        device ??= await deviceToken(ask);
      } else if (pointer === '/reporter/device') device = await deviceToken(ask, device);
      else throw error;
      return post();
    }
  }

  return {
    async send(draft) {
      const sent = await send(draft);
      if (sent === 'waiting') keepReport(draft.image, { ...draft, fate: sent, shown: sent, at: Date.now() });
      return sent;
    },

    async sendWaiting(tell) {
      const waiting = (): OwnReport[] => ownReports().filter(({ body }) => body);
      if (Date.now() < notBefore || waiting().length === 0) return;
      await alone('send', async () => {
        for (const { image, body, at } of waiting()) {
          if (!body) continue;
          const sent = Date.now() - at > KEPT_FOR ? 'refused' : await send({ image, body });
          if (sent === 'waiting') return;
          if (sent === 'refused') keepReport(image);
          tell(image, sent);
        }
      });
    },

    async follow(image, shown) {
      const report = ownReport(image);
      if (!report?.receipt || (!shown && Date.now() - report.at < FOLLOW_EVERY)) return report?.fate;
      let { fate } = report;
      try {
        const { outcome, automated } = await ask<ReceiptAnswer>('GET', `reports/${report.receipt}`);
        fate = outcome !== 'blocked' ? outcome : automated ? 'blockedByRule' : 'blockedByPerson';
      } catch (error) {
        if (failureOf(error).status === 404) {
          keepReport(image);
          return;
        }
      }
      keepReport(image, { ...report, fate, shown: shown ? fate : report.shown, at: Date.now() });
      return fate;
    },

    async withdraw(image) {
      const receipt = ownReport(image)?.receipt;
      if (receipt) await ask('DELETE', `reports/${receipt}`);
      keepReport(image);
    },
  };
}
