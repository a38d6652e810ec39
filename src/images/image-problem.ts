/** Why bytes are no picture that can be looked at. It is the bytes' fault: the same ones will fail again. */
export type ImageProblemCode = 'not-an-image' | 'not-supported' | 'too-many-pixels' | 'too-slow' | 'damaged';

/** Expected of what strangers serve. The message is a sentence for people, and repeats nothing of the bytes. */
export class ImageProblem extends Error {
  constructor(
    readonly code: ImageProblemCode,
    message: string,
  ) {
    super(message);
    this.name = 'ImageProblem';
  }
}
