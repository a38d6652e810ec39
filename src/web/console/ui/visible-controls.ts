/**
 * A text of strangers in which nothing turns other text around: the controls that override directions, by which a text can
 * be made to read as another, are shown as the sign for a character that can not be shown.
 */
export const visible = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
