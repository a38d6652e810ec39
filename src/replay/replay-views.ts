import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import {
  MOST_OPEN_IMAGES,
  type ReplayAnswer,
  type ReplayDifference,
  type ReplayedImage,
  type ReplayOpenImage,
  type ReplayOpenImages,
} from '../contract/replay.js';
import type { Difference } from '../core/replay.js';
import type { ReplayedImageRow } from '../database/statements/replay/read-replayed-images.js';
import type { OpenImage } from './open-images.js';
import type { RanReplay } from './run-replay.js';

/** A replay as leads see it: sealed ids, times as RFC 3339, nothing of readers but how many they are. */
@Injectable()
export class ReplayViews {
  constructor(private readonly sealed: Sealed) {}

  answer({ span, rules, replayed, names, openImages }: RanReplay): ReplayAnswer {
    const { reports, images, current, candidate, differences } = replayed;
    return {
      from: iso(span.from),
      to: iso(span.to),
      reports,
      images,
      ruleVersion: rules.current.version,
      current,
      candidate,
      differences: {
        total: differences.length,
        items: names.flatMap((name) => this.difference(name, differences[name.n - 1]) ?? []),
      },
      openImages: this.openImages(openImages),
    };
  }

  openImages(open: readonly OpenImage[]): ReplayOpenImages {
    return { total: open.length, items: open.slice(0, MOST_OPEN_IMAGES).map((one) => this.openImage(one)) };
  }

  private difference(name: ReplayedImageRow, difference: Difference | undefined): ReplayDifference | null {
    if (difference === undefined) return null;
    const { current, candidate, decided, at } = difference;
    return {
      image: this.image(name),
      case: name.caseId === null ? null : this.sealed.id('case', name.caseId),
      decided,
      current,
      candidate,
      at: iso(at),
    };
  }

  private openImage({ image, reporters, would }: OpenImage): ReplayOpenImage {
    return { image: this.image(image), case: this.sealed.id('case', image.caseId), reporters, would };
  }

  private image({
    id,
    keyKind,
    key,
    url,
  }: Pick<ReplayedImageRow, 'id' | 'keyKind' | 'key' | 'url'>): ReplayedImage {
    return { id: this.sealed.id('img', id), url, ownId: keyKind === 'id' ? key : null };
  }
}

const iso = (at: number): string => new Date(at).toISOString();
