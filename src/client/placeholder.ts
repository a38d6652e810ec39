/** A plain grey area, drawn as an image: it loads nothing, and tells readers nothing of what it stands for. */
export const PLACEHOLDER =
  'data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2016%209%22%20' +
  'preserveAspectRatio=%22none%22%3E%3Crect%20width=%2216%22%20height=%229%22%20fill=%22%23d4d4d4%22/%3E%3C/svg%3E';
