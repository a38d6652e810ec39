import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { sealReader } from '../access/readers/reader-handle.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { CaseReport } from '../contract/case-reports.js';
import type { CaseView } from '../contract/cases.js';
import type { DecisionView } from '../contract/decisions.js';
import type { EventView } from '../contract/events.js';
import type { EvidenceView, ListedImage, ReviewedImage } from '../contract/images.js';
import type { HoldView } from '../contract/holds.js';
import type { MatchView } from '../contract/matches.js';
import type { MuteView } from '../contract/mutes.js';
import type { StaffReference } from '../contract/staff.js';
import type { CaseHold } from '../core/image-state.js';
import { reporters, reportersByReason } from '../core/tally.js';
import { FULL_WEIGHT, weightOf } from '../core/weights.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import type { ListedImageRow } from '../database/statements/images/image-row.js';
import type { CaseReportRow } from '../database/statements/cases/list-case-reports.js';
import type { EventRow } from '../database/statements/log/list-events.js';
import type { EvidenceRow } from '../database/statements/cases/read-case-evidence.js';
import type { MuteRow } from '../database/statements/readers/list-mutes.js';
import type { DecisionRow } from '../database/statements/cases/read-decisions.js';
import { urgencyView } from './urgency-view.js';
import { ShownSnapshots } from '../images/shown-snapshots.js';
import type { FoundMatch } from '../images/find-matches.js';

/** Rows as moderators see them: sealed ids in the place of the database's, times as RFC 3339, no hash of a reader. */
@Injectable()
export class Views {
  constructor(
    private readonly sealed: Sealed,
    private readonly snapshots: ShownSnapshots,
  ) {}

  staff(staffId: string, email: string): StaffReference {
    return { id: this.sealed.id('stf', staffId), email };
  }

  /** @param caller who is shown it: addresses of snapshots are theirs */
  image(row: ListedImageRow, caller: StaffCaller): ReviewedImage {
    return {
      id: this.sealed.id('img', row.id),
      ownId: row.keyKind === 'id' ? row.key : null,
      url: row.url,
      blocked: row.blocked,
      ...(row.blocked && row.reason !== null && row.since !== null
        ? { reason: row.reason, since: iso(row.since), version: row.version, reviewed: row.reviewed }
        : {}),
      protected: row.protected,
      ...this.snapshots.of(row, caller),
      contentVersion: row.content,
      ...(row.mergedInto === null ? {} : { mergedInto: this.sealed.id('img', row.mergedInto) }),
    };
  }

  listedImage(row: ListedImageRow, caller: StaffCaller): ListedImage {
    return {
      ...this.image(row, caller),
      site: { id: this.sealed.id('sit', row.siteId), slug: row.siteSlug },
      reviewState: row.reviewState,
      round: row.round,
    };
  }

  match(match: FoundMatch): MatchView {
    const { id, keyKind, key, url, blocked } = match.image;
    return {
      image: {
        id: this.sealed.id('img', id),
        ownId: keyKind === 'id' ? key : null,
        url,
        blocked,
        stillShown: match.stillShown,
      },
      identical: match.identical,
      distance: match.distance,
      verdict: match.verdict,
      reason: match.reason,
      decidedAt: match.decidedAt.toISOString(),
      acting: match.acting,
      whyNot: match.whyNot,
    };
  }

  /** @param token of the lease, for whoever has just taken it */
  case(row: ReviewedCaseRow, caller: StaffCaller, token?: string): CaseView {
    return {
      id: this.sealed.id('case', row.id),
      site: { id: this.sealed.id('sit', row.siteId), slug: row.siteSlug },
      status: row.status,
      held: row.held,
      hold: row.hold === null ? null : holdView(row.hold),
      severe: row.severe,
      flags: row.flags,
      version: row.version,
      priority: row.priority,
      urgency: urgencyView(row),
      round: row.round,
      image: this.image(row.image, caller),
      tally: { reporters: reporters(row.tally), notCounted: row.notCounted },
      reasons: reportersByReason(row.tally),
      lease:
        row.lease === null
          ? null
          : {
              holder: this.staff(row.lease.holderId, row.lease.email),
              expiresAt: iso(row.lease.expiresAt),
              ...(token === undefined ? {} : { token }),
            },
      openedAt: row.openedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      outcome: row.outcome,
    };
  }

  evidence({ evidence, ruleVersion, at, standing, firstReportAt }: EvidenceRow): EvidenceView {
    return {
      standing,
      at: at.toISOString(),
      firstReportAt: firstReportAt?.toISOString() ?? null,
      ruleVersion,
      crossedBy: evidence.crossedBy,
      needed: evidence.needed,
      reporters: evidence.reporters,
      reasons: reportersByReason(evidence.tally),
      leftOut: evidence.leftOut,
      weight: evidence.weight ?? null,
      setAside: evidence.setAside ?? 0,
      findings: evidence.findings ?? [],
    };
  }

  /** @param caseId whose handles of readers are shown, to who may mute them; null: to nobody */
  report(row: CaseReportRow, caseId: string | null): CaseReport {
    const reporter = Buffer.from(row.reporter, 'hex');
    return {
      reader: `reader ${row.reader}`,
      kind: row.kind,
      reasons: row.reasons,
      counted: row.leftOut === null && !row.withdrawn,
      leftOut: row.leftOut,
      withdrawn: row.withdrawn,
      forgotten: row.forgotten,
      weight: row.weighed ? weightOf(row.verdicts, row.kind, row.now.getTime()) / FULL_WEIGHT : 1,
      muted: row.muted,
      ...(caseId === null || row.forgotten ? {} : { handle: sealReader(this.sealed, { caseId, reporter }) }),
      round: row.round,
      at: row.at.toISOString(),
      notes: (row.forgotten ? [] : row.notes).map(
        ({ reason, comment, pageUrl, pageTitle, claimedUrl, at }) => ({
          reason,
          comment,
          page: pageUrl === null ? null : { url: pageUrl, title: pageTitle },
          claimedUrl,
          at: iso(at),
        }),
      ),
    };
  }

  mute(row: MuteRow): MuteView {
    return {
      id: this.sealed.id('mut', row.id),
      site: { id: this.sealed.id('sit', row.siteId), slug: row.siteSlug },
      cause: row.cause,
      by: row.staffId === null ? null : this.staff(row.staffId, row.email ?? ''),
      note: row.note,
      case: row.caseId === null ? null : this.sealed.id('case', row.caseId),
      image: row.imageId === null ? null : this.sealed.id('img', row.imageId),
      at: row.at.toISOString(),
      until: row.until?.toISOString() ?? null,
      upheld: row.upheld,
      dismissed: row.dismissed,
    };
  }

  event(row: EventRow): EventView {
    return {
      id: this.sealed.id('evt', row.seq),
      type: row.type,
      at: row.at.toISOString(),
      actor: {
        kind: row.actorKind,
        ...(row.actorId === null ? {} : { id: this.sealed.id('stf', row.actorId) }),
        ...(row.actorEmail === null ? {} : { email: row.actorEmail }),
      },
      site: { id: this.sealed.id('sit', row.siteId), slug: row.siteSlug },
      image: row.imageId === null ? null : this.sealed.id('img', row.imageId),
      imageName: row.imageName,
      case: row.caseId === null ? null : this.sealed.id('case', row.caseId),
      decision: row.decisionId === null ? null : this.sealed.id('dec', row.decisionId),
      ruleVersion: row.ruleVersion,
      data: this.said(row),
    };
  }

  /** What a line says, with a sealed id of the image that became part of another. */
  private said({ type, data }: EventRow): EventView['data'] {
    const { merged } = data;
    const told = withTimes(data);
    return type === 'image.merged' && typeof merged === 'string'
      ? { ...told, merged: this.sealed.id('img', merged) }
      : told;
  }

  /** Who decided, and what, as conflicts name it; nothing where nobody did. */
  decided(row: DecisionRow | undefined): { decision?: DecisionView; decidedBy?: StaffReference } {
    return row === undefined
      ? {}
      : { decision: this.decision(row), decidedBy: this.staff(row.staffId, row.email) };
  }

  decision(row: DecisionRow): DecisionView {
    return {
      id: this.sealed.id('dec', row.id),
      action: row.action,
      policy: row.policy,
      note: row.note,
      reports: row.reports,
      case: row.caseId === null ? null : this.sealed.id('case', row.caseId),
      version: row.caseVersion,
      round: row.round,
      contentVersion: row.content,
      decidedBy: this.staff(row.staffId, row.email),
      at: row.at.toISOString(),
      undoneAt: row.undoneAt?.toISOString() ?? null,
      undoneBy: row.undoneBy === null ? null : this.staff(row.undoneBy, row.undoneByEmail ?? ''),
    };
  }
}

const holdView = ({ since, ruleVersion: _, ...hold }: CaseHold): HoldView => ({
  ...hold,
  since: new Date(since).toISOString(),
});

/** What a line of the log holds, with each `since` in it, also of its parts: the rules count in ms since 1970. */
const withTimes = (data: EventRow['data']): EventRow['data'] =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withTime(name, value)]));

function withTime(name: string, value: unknown): unknown {
  if (name === 'since' && typeof value === 'number') return new Date(value).toISOString();
  if (Array.isArray(value)) return value.map((part) => withTime('', part));
  return typeof value === 'object' && value !== null ? withTimes(value as EventRow['data']) : value;
}

/** A time as Postgres writes it in JSON, as everybody else does. */
export const iso = (time: string): string => new Date(time).toISOString();
