/** What windows of one browser tell each other: somebody signed in, or out. */
export type WindowMessage = { readonly kind: 'out' } | { readonly kind: 'in'; readonly staff: string };

const channel = new BroadcastChannel('vigie-console');

export const tellWindows = (message: WindowMessage): void => channel.postMessage(message);

export function hearWindows(hear: (message: WindowMessage) => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<WindowMessage>) => hear(data));
}
