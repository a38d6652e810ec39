import { type Asked, nameOf, namesOf } from '../asked.js';
import { caseById } from './cases.js';
import { imageNamed } from './images.js';
import type { Image, Model } from './state.js';

/** What a request is about, as far as the model knows it. */
export function imagesOf(model: Model, asked: Asked): Image[] {
  const ofCase = (id: string): Image | undefined => caseById(model, id)?.image;
  const found = ((): (Image | undefined)[] => {
    if ('image' in asked) return namesOf(asked.image).map((name) => imageNamed(model, name));
    if ('caseId' in asked) return [ofCase(asked.caseId)];
    switch (asked.do) {
      case 'bind':
        return [imageNamed(model, `i${asked.id}`), imageNamed(model, nameOf(asked.address))];
      case 'withdraw':
      case 'receipt':
        return model.images.filter(({ votes }) => votes.some(({ receipt }) => receipt === asked.receipt));
      case 'decide':
        return [ofCase(asked.decision.caseId)];
      case 'decide-many':
        return asked.decisions.map(({ caseId }) => ofCase(caseId));
      case 'undo':
        return model.decisions
          .filter(({ id }) => id === asked.decision)
          .map(({ image }) => model.images[image]);
      default:
        return [];
    }
  })();
  return found.filter((image) => image !== undefined);
}
