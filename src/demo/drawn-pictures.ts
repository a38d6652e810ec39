import { setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { type DemoPicture, PICTURES } from './pictures.js';

/** Between two pictures that nobody waits for, in milliseconds: two thirds of a core's time stay with those who do. */
const PAUSE = 300;

/** The demonstration's pictures, each drawn once (0.1 to 0.3 s) and kept: 24 of some 40 kB. */
@Injectable()
export class DrawnPictures implements BeforeApplicationShutdown {
  private readonly drawn = new Map<number, Promise<Buffer>>();
  private readonly stopping = new AbortController();

  /** @param number of a DemoPicture */
  get(number: number): Promise<Buffer> {
    const drawing = this.drawn.get(number) ?? draw(number);
    this.drawn.set(number, drawing);
    return drawing;
  }

  /** Draws those that nobody has asked for, one after the other, so that the first visitor finds them; ends early at a stop. */
  async drawAll(pictures: readonly Pick<DemoPicture, 'number'>[] = PICTURES, pause = PAUSE): Promise<void> {
    const { signal } = this.stopping;
    for (const { number } of pictures) {
      if (this.drawn.has(number)) continue;
      if (!(await setTimeout(pause, true, { signal, ref: false }).catch(() => false))) return;
      await this.get(number);
    }
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }
}

async function draw(number: number): Promise<Buffer> {
  // sharp is loaded by whoever draws.
  const { drawPicture } = await import('./draw-picture.js');
  return drawPicture(number);
}
