import type { Step } from '../step.js';
import { tellHold } from './holds.js';
import { change, openCase } from './images.js';
import { SEVERE } from './state.js';
import { liftCounted, measureUsual } from './usual.js';

/** Time passes, and with it the time in which what the rule blocked or held was to be reviewed (13). */
export function timePasses(step: Step, hours: number): void {
  const { model } = step;
  model.hour += hours;
  step.reach('time passed');
  for (const image of model.images) {
    const block = image.blocks.find(({ overdue }) => overdue !== undefined && overdue.hour <= model.hour);
    const awaiting = openCase(image);
    if (awaiting !== undefined) tellHold(step, awaiting);
    if (block?.overdue === undefined || awaiting === undefined) continue;
    // Told once.
    const told = { ...block, overdue: { ...block.overdue, hour: Infinity } };
    image.blocks = image.blocks.map((one) => (one === block ? told : one));
    if (!block.overdue.lifts || model.rule.onOverdue !== 'unblock') {
      step.reach('overdue, and stays');
      continue;
    }
    if ((awaiting.severe || block.reason === SEVERE) && model.wrong !== 'overdue-severe') {
      step.reach('overdue, and stays: severe');
      continue;
    }
    liftCounted(model, block);
    change(image, () => {
      image.blocks = image.blocks.filter((one) => one !== told);
    });
    awaiting.liftedHour = model.hour;
    step.reach('overdue, and lifted');
  }
  measureUsual(step);
}
