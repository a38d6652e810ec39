import type { ReceiptAnswer, ReportAnswer } from '../../contract/reports.js';
import { alone } from './alone.js';
import { deviceToken } from './device.js';
import { type Fate, keepReport, ownReport, ownReports, type OwnReport } from './own-reports.js';
import { type Ask, failureOf, passes } from './service.js';

/**
 * What came of sending a report: the answer; or that it is refused for good, or why it waits; or what became of it where
 * another tab has sent or withdrawn it meanwhile.
 */
export type Sent = ReportAnswer | Fate | 'refused' | Wait;

/** Milliseconds for which the service wants to be left alone; 0: it does not answer. */
export type Wait = number;

/** What has to be said of a report before it can be sent. */
export type Draft = Pick<OwnReport, 'image'> & Required<Pick<OwnReport, 'body'>>;

/** Milliseconds for which a report waits for the service. */
const KEPT_FOR = 3_600_000;

/** Milliseconds for which no other tab sends a new report: time enough for most proofs of work. */
const OWN_FOR = 10_000;

/** Milliseconds between two questions for what became of one report that nobody looks at. */
const FOLLOW_EVERY = 600_000;

/** The reports of this reader: sent, kept while the service is out of reach, followed, withdrawn. */
export interface Reports {
  send(draft: Draft): Promise<Sent>;
  /** Sends what waits, each report once whatever number of tabs is open, and tells what came of it. */
  sendWaiting(tell: (image: string, sent: Sent) => void): Promise<void>;
  /** Asks what became of a report, and keeps that; without `shown` only after a while. */
  follow(image: string, shown?: boolean): Promise<void>;
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
  accountToken: () => Promise<string | undefined>,
): Reports {
  /** Only one at a time: a report that is withdrawn is either not sent yet, or has its receipt. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => alone('send', work);

  const due = (): OwnReport[] => ownReports().filter(({ body, next = 0 }) => body && next < Date.now());

  async function send(report: OwnReport): Promise<Sent> {
    const { image, body, at } = report;
    if (!body || Date.now() - at > KEPT_FOR) {
      keepReport(image);
      return 'refused';
    }
    try {
      const answer = await sendAs(body, await accountToken());
      const fate = answer.image.blocked ? 'blockedByRule' : 'pending';
      keepReport(image, { image, receipt: answer.receipt, fate, shown: fate, at: Date.now() });
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      const waits = passes(failure);
      keepReport(image, waits && { ...report, next: Date.now() + failure.wait });
      return waits ? failure.wait : 'refused';
    }
  }

  /** @param not the device's token that the service no longer takes */
  async function sendAs(body: Draft['body'], account?: string, not?: string): Promise<ReportAnswer> {
    let device: string | undefined;
    try {
      device = await deviceToken(ask, not);
    } catch (error) {
      // An account is enough; the device only ties the two together.
      if (!account) throw error;
    }
    try {
      const reporter = { device, token: account };
      return await ask('POST', 'reports', { ...body, reporter }, language());
    } catch (error) {
      const { pointer } = failureOf(error);
      // An account that can't be proven: the device reports alone.
      if (account && pointer === '/reporter/token') return sendAs(body, undefined, not);
      if (!not && pointer === '/reporter/device') return sendAs(body, account, device);
      throw error;
    }
  }

  return {
    send(draft) {
      // Before all else: its reader may leave the page at once. For a while it is this tab's to send.
      const at = Date.now();
      keepReport(draft.image, { ...draft, fate: 'waiting', shown: 'waiting', at, next: at + OWN_FOR });
      return inTurn(async () => {
        const report = ownReport(draft.image);
        return report?.body ? send(report) : (report?.fate ?? 'withdrawn');
      });
    },

    async sendWaiting(tell) {
      if (!due()[0]) return;
      await inTurn(async () => {
        for (const report of due()) {
          const sent = await send(report);
          if (typeof sent === 'number') return;
          tell(report.image, sent);
        }
      });
    },

    async follow(image, shown) {
      const report = ownReport(image);
      if (!report?.receipt || (!shown && Date.now() - report.at < FOLLOW_EVERY)) return;
      let fate: Fate | undefined = report.fate;
      try {
        const { outcome, automated } = await ask<ReceiptAnswer>('GET', `reports/${report.receipt}`);
        fate = outcome !== 'blocked' ? outcome : automated ? 'blockedByRule' : 'blockedByPerson';
      } catch (error) {
        if (failureOf(error).status === 404) fate = undefined;
      }
      // Meanwhile it may have been withdrawn, or another taken its place.
      const now = ownReport(image);
      if (now?.receipt !== report.receipt) return;
      keepReport(image, fate && { ...now, fate, shown: shown ? fate : now.shown, at: Date.now() });
    },

    withdraw: (image) =>
      inTurn(async () => {
        const receipt = ownReport(image)?.receipt;
        if (receipt) await ask('DELETE', `reports/${receipt}`);
        keepReport(image);
      }),
  };
}
